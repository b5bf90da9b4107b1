"""What EmojiComparison.cs measures, with Pillow and numpy: a line of standard input names the clock and gives one packing and one line with seconds and a hash."""

import glob
import hashlib
import os
import sys
import time

import numpy as np
import PIL
from PIL import Image


def pack(folder, target):
    names = sorted(glob.glob(os.path.join(folder, "img", "twitter", "64", "*.png")))
    pixels = np.empty((len(names), 3, 32, 32), np.uint8)
    for i, name in enumerate(names):
        with Image.open(name) as image:
            image = image.convert("RGBA")
            white = Image.new("RGB", image.size, (255, 255, 255))
            white.paste(image, mask=image.getchannel("A"))
            pixels[i] = np.asarray(white.reduce(2)).transpose(2, 0, 1)
    with open(target, "wb") as file:
        file.write(pixels.data)
        file.flush()
        os.fsync(file.fileno())
    return pixels


def main():
    folder, scratch = sys.argv[1:]
    print(f"Pillow {PIL.__version__}", flush=True)
    for line in sys.stdin:
        clock = getattr(time, line.strip())
        start = clock()
        pixels = pack(folder, os.path.join(scratch, "pillow"))
        seconds = clock() - start
        print(seconds, hashlib.sha256(pixels.data).hexdigest(), flush=True)


main()

"""The blur as the paper defines it in eager PyTorch: a depthwise convolution with the whole kernel, black beyond the borders; driven over standard input."""

import json
import sys
import time
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "UNet"))
from weights import load_safetensors  # noqa: E402


def kernel(std, half, channels, device):
    places = torch.arange(-half, half + 1, dtype=torch.float64)
    side = torch.exp(-places.square() / (2 * std * std))
    side /= side.sum()
    return torch.outer(side, side).float().to(device).expand(channels, 1, -1, -1).contiguous()


class Session:
    def __init__(self, threads, path, std, half, device):
        torch.set_num_threads(threads)
        self.device, self.half = device, half
        tensors = load_safetensors(path)
        self.images, self.expected = (tensors[k].clone().to(device) for k in ("images", "blurred"))
        self.weights = kernel(std, half, self.images.shape[1], device)

    def blur(self):
        return torch.nn.functional.conv2d(self.images, self.weights, padding=self.half, groups=self.images.shape[1])

    def wait(self):
        if self.device != "cpu":
            torch.cuda.synchronize()

    def timed(self):
        clock = time.process_time if self.device == "cpu" and torch.get_num_threads() == 1 else time.perf_counter
        self.wait()
        start = clock()
        blurred = self.blur()
        self.wait()
        return clock() - start, blurred

    def check(self):
        seconds, blurred = self.timed()
        error = (blurred - self.expected).abs().max().item()
        return {"parameters": 0, "error": error, "torch": torch.__version__, "seconds": seconds}


def main():
    threads, path, std, half, device = sys.argv[1:]
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    session = Session(int(threads), path, float(std), int(half), device)
    with torch.no_grad():
        print(json.dumps(session.check()), flush=True)
        for line in sys.stdin:
            print(json.dumps([session.timed()[0] for _ in range(int(line.split()[1]))]), flush=True)


main()

using System.Buffers.Binary;

namespace Dfx.Data.Images;

/// <summary>Decodes BMP images with Skia: those whose pixels are stored in bytes, or name a colour of a palette.</summary>
/// <remarks>Source: Microsoft, "Bitmap Storage" and BITMAPV5HEADER.</remarks>
internal static class BmpPixels
{
    // A pixel takes a bit at the least.
    private const long MaxPixelsPerByte = 8;

    private const int HeaderAt = 14;
    private const int OldHeader = 12;
    private const int MinLength = 54;
    private const int MasksAt = 54;
    private const int MasksEnd = 66;

    /// <summary>Whether a file starts as BMP files do, with a header of a known length.</summary>
    public static bool Is(ReadOnlySpan<byte> file) => file is [(byte)'B', (byte)'M', ..] && file.Length >= MinLength
        && BinaryPrimitives.ReadInt32LittleEndian(file[HeaderAt..]) is OldHeader or 40 or 52 or 56 or 64 or 108 or 124;

    /// <summary>Decodes to RGB; what is transparent is laid on white.</summary>
    /// <exception cref="InvalidDataException">It is cut off, packed, or has a channel of other than 8 bits, which programs turn into bytes in different ways.</exception>
    public static void Decode(ReadOnlySpan<byte> bmp, PixelBuffer image)
    {
        // The first header has sizes of two bytes, and no word on packing.
        var old = BinaryPrimitives.ReadInt32LittleEndian(bmp[HeaderAt..]) == OldHeader;
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(bmp[(HeaderAt + (old ? 10 : 14))..]);
        var packing = old ? 0 : BinaryPrimitives.ReadInt32LittleEndian(bmp[(HeaderAt + 16)..]);
        if (bits is not (1 or 4 or 8 or 24 or 32) || packing is not (0 or 3 or 6) || (packing > 0 && !HaveBytes(bmp)))
        {
            throw new InvalidDataException($"a BMP image of {bits} bits a pixel and packing {packing}; expected 1, 4, 8, 24 or 32 bits, unpacked. Convert it to PNG first");
        }

        SkiaPixels.Decode(bmp, MaxPixelsPerByte, image);
    }

    // Where the bits of red, green and blue are.
    private static bool HaveBytes(ReadOnlySpan<byte> bmp)
    {
        for (var at = MasksAt; at < MasksEnd; at += sizeof(uint))
        {
            if (bmp.Length < MasksEnd || BinaryPrimitives.ReadUInt32LittleEndian(bmp[at..]) is not (0xff or 0xff00 or 0xff0000 or 0xff000000))
            {
                return false;
            }
        }

        return true;
    }
}

using System.Runtime.InteropServices;

namespace Dfx.Data.Images;

/// <summary>Decodes JPEG images with libturbojpeg.</summary>
internal static unsafe class JpegPixels
{
    // Each 8x8 block takes a bit at the least, so a whole file has at most 512 pixels a byte.
    private const long MaxPixelsPerByte = 512;

    /// <summary>Whether a file starts as JPEG files do.</summary>
    public static bool Is(ReadOnlySpan<byte> file) => file is [0xff, 0xd8, 0xff, ..];

    /// <summary>Decodes to RGB. The orientation that a camera noted is not applied.</summary>
    /// <exception cref="InvalidDataException">It is cut off, damaged, or has four channels (CMYK).</exception>
    /// <exception cref="DllNotFoundException">The library is not installed.</exception>
    public static void Decode(ReadOnlySpan<byte> jpeg, PixelBuffer image)
    {
        var handle = TurboJpeg.Open();
        try
        {
            fixed (byte* source = jpeg)
            {
                Decode(handle, source, jpeg.Length, image);
            }
        }
        finally
        {
            _ = TurboJpeg.Close(handle);
        }
    }

    private static void Decode(nint handle, byte* jpeg, int length, PixelBuffer image)
    {
        var size = new CULong((uint)length);
        Check(handle, TurboJpeg.Header(handle, jpeg, size, out var width, out var height, out _, out var colours));
        if (colours is TurboJpeg.Cmyk or TurboJpeg.Ycck)
        {
            throw new InvalidDataException("a JPEG image of four channels (CMYK); expected grey or colour. Convert it to RGB first");
        }

        if ((long)width * height > length * MaxPixelsPerByte)
        {
            throw new InvalidDataException($"its header says {width}x{height} pixels, which {length} bytes cannot hold: the file is cut off or damaged");
        }

        fixed (byte* pixels = image.Resize(width, height, PixelBuffer.Channels))
        {
            const int flags = TurboJpeg.StopOnWarning | TurboJpeg.LimitScans;
            Check(handle, TurboJpeg.Decode(handle, jpeg, size, pixels, width, 0, height, TurboJpeg.Rgb, flags));
        }
    }

    private static void Check(nint handle, int result)
    {
        if (result != 0)
        {
            throw new InvalidDataException($"no readable JPEG image: libjpeg says \"{Marshal.PtrToStringAnsi(TurboJpeg.Error(handle))}\"");
        }
    }
}

using System.Runtime.InteropServices;
using System.Text;

namespace Dfx.Data.Images;

/// <summary>libpng's <c>png_image</c>, version 1, field by field.</summary>
/// <remarks>Source: png.h of libpng 1.6, "Simplified API".</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PngImage
{
    private const int MessageLength = 64;
    private const uint CurrentVersion = 1;

    public nint Opaque;
    public uint Version;
    public uint Width;
    public uint Height;
    public uint Format;
    public uint Flags;
    public uint ColormapEntries;
    public uint WarningOrError;
    public fixed byte Message[MessageLength];

    /// <summary>The format of 8-bit grey images.</summary>
    public const uint Grey = 0;

    /// <summary>The format of 8-bit RGB images, PNG_FORMAT_FLAG_COLOR.</summary>
    public const uint Rgb = 2;

    /// <summary>The flag of a fourth channel, PNG_FORMAT_FLAG_ALPHA.</summary>
    public const uint Alpha = 1;

    /// <summary>The flag of 16 bits a channel, PNG_FORMAT_FLAG_LINEAR.</summary>
    public const uint Linear = 4;

    /// <summary>An empty image.</summary>
    public static PngImage New() => new() { Version = CurrentVersion };

    /// <summary>What libpng says went wrong.</summary>
    public string Error
    {
        get
        {
            fixed (byte* message = Message)
            {
                return Encoding.ASCII.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(message));
            }
        }
    }
}

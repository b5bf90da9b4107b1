using System.Runtime.InteropServices;

namespace Dfx.Data.Images;

/// <summary>libjpeg-turbo's TurboJPEG API, version 2 (Debian: libturbojpeg0).</summary>
/// <remarks>Source: turbojpeg.h of libjpeg-turbo 2.1.</remarks>
internal static unsafe partial class TurboJpeg
{
    /// <summary>The file of the library.</summary>
    public const string Library = "libturbojpeg.so.0";

    /// <summary>The pixel format of bytes red, green, blue.</summary>
    public const int Rgb = 0;

    /// <summary>The colour spaces of four channels: CMYK and YCCK.</summary>
    public const int Cmyk = 3;

    /// <inheritdoc cref="Cmyk"/>
    public const int Ycck = 4;

    /// <summary>A warning, such as a file that ends too early, is an error.</summary>
    public const int StopOnWarning = 8192;

    /// <summary>More than 500 scans of a progressive image, which only an attacker writes, are an error.</summary>
    public const int LimitScans = 32768;

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Open();

    /// <summary>Reads the header. 0 on success.</summary>
    [LibraryImport(Library, EntryPoint = "tjDecompressHeader3")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Header(
        nint handle, byte* jpeg, CULong length, out int width, out int height, out int subsampling, out int colourSpace);

    /// <summary>Decodes with the accurate integer transform and interpolated chroma, as libjpeg does by default. 0 on success.</summary>
    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Decode(nint handle, byte* jpeg, CULong length, byte* pixels, int width, int pitch, int height, int format, int flags);

    /// <summary>What went wrong, in ASCII; the library's.</summary>
    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint Error(nint handle);

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Close(nint handle);
}

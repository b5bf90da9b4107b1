using System.Runtime.InteropServices;

namespace Dfx.Data.Images;

/// <summary>libpng's simplified API.</summary>
internal static unsafe partial class LibPng
{
    private const string Library = "libpng16.so.16";

    /// <summary>Encodes an image; without memory it only counts the bytes. 0 on failure.</summary>
    [LibraryImport(Library, EntryPoint = "png_image_write_to_memory")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Write(PngImage* image, byte* memory, nuint* bytes, int convertTo8Bit, byte* pixels, int rowStride, nint colormap);

    /// <summary>Reads the header of an encoded image. 0 on failure.</summary>
    [LibraryImport(Library, EntryPoint = "png_image_begin_read_from_memory")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int BeginRead(PngImage* image, byte* memory, nuint bytes);

    /// <summary>Decodes into the format that the image asks for. 0 on failure.</summary>
    [LibraryImport(Library, EntryPoint = "png_image_finish_read")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int FinishRead(PngImage* image, nint background, byte* pixels, int rowStride, nint colormap);

    /// <summary>Releases what libpng holds of an image.</summary>
    [LibraryImport(Library, EntryPoint = "png_image_free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void Free(PngImage* image);
}

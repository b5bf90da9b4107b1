namespace Dfx.Numerics.Files;

/// <summary>Reads and writes .npy files: one array each.</summary>
/// <remarks>
/// Read: format versions 1.0, 2.0 and 3.0; C and Fortran order; f2 f4 f8 i1 i2 i4 i8 u1 b1 and strings (U), little-endian.
/// Written: version 1.0, C order, byte for byte what numpy 1.24 to 2 writes. Source: numpy's lib/format.py.
/// </remarks>
public static class NpyFile
{
    /// <summary>Reads the array into managed memory, in C order.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TensorFileException">The file is malformed, has an element type unknown here, or exceeds 2 GiB.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static ArrayData Read(string path)
    {
        using var reader = OpenReader(path);
        return reader.ToArrayData();
    }

    /// <summary>Writes an array, replacing the file at once or not at all. Equal arrays give equal bytes.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="array">An array of any element type but <see cref="ElementType.BFloat16"/>.</param>
    /// <exception cref="ArgumentException">The array holds bfloat16, which numpy has not.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ArrayData array) => Write(path, (IArraySource)array);

    internal static void Write(string path, IArraySource array)
    {
        ArgumentNullException.ThrowIfNull(array);
        AtomicFile.Write(path, stream => WriteTo(stream, array));
    }

    /// <summary>Writes header and elements, to a file or a zip member.</summary>
    internal static void WriteTo(Stream stream, IArraySource array)
    {
        stream.Write(NpyHeader.Format(array.Layout));
        array.WriteTo(stream);
    }

    /// <summary>Opens a file for reading piece by piece, without a buffer in between.</summary>
    internal static ArrayReader OpenReader(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var stream = new FileStream(RegularFile.Checked(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        return NpyReader.Open(new(stream, stream.Length, checksum: null, new(path)));
    }
}

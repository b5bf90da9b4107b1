namespace Dfx.Numerics.Files;

/// <summary>An open .npz file, a zip of npy members: the zip's directory is checked as a whole, arrays are read on demand.</summary>
/// <remarks>
/// Stored and deflated members are read, their CRC-32 is checked, and memory is allocated only when a member's npy header, its declared
/// length and the bytes it has in the file agree. Not safe to read from several threads. Source: numpy's savez and PKWARE's APPNOTE.
/// </remarks>
public sealed class NpzFile : IDisposable
{
    private readonly NpzDirectory _directory;

    private NpzFile(NpzDirectory directory) => _directory = directory;

    /// <summary>The arrays' names, without <c>.npy</c>, in the order of the zip's directory.</summary>
    public IReadOnlyList<string> Names => _directory.Names;

    /// <summary>Opens a file and checks its directory; no array is read.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TensorFileException">Not a zip, a member that is not .npy, a duplicate name, or impossible sizes.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static NpzFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(NpzDirectory.Open(path));
    }

    /// <summary>Writes arrays to a file, replacing it at once or not at all. Equal arguments give equal bytes on equal versions of
    /// .NET.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="arrays">Names and arrays of any element type but <see cref="ElementType.BFloat16"/>; written in this order.</param>
    /// <param name="compress">True to deflate the members, false to store them.</param>
    /// <exception cref="ArgumentException">A duplicate name, or an array of bfloat16, which numpy has not.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, ArrayData>> arrays, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        NpzWriter.Write(path, arrays.Select(pair => KeyValuePair.Create<string, IArraySource>(pair.Key, pair.Value)), compress);
    }

    /// <summary>Element type and shape of one array; reads its header only.</summary>
    /// <param name="name">A name of the file.</param>
    /// <exception cref="KeyNotFoundException">The file has no such array.</exception>
    /// <exception cref="TensorFileException">The member is malformed, or has an element type unknown here.</exception>
    public ArrayLayout Layout(string name)
    {
        using var reader = OpenReader(name);
        return reader.Layout;
    }

    /// <summary>Reads one array into managed memory, in C order.</summary>
    /// <param name="name">A name of the file.</param>
    /// <exception cref="KeyNotFoundException">The file has no such array.</exception>
    /// <exception cref="TensorFileException">The member is malformed or damaged, has an element type unknown here, or exceeds 2
    /// GiB.</exception>
    public ArrayData ReadData(string name)
    {
        using var reader = OpenReader(name);
        return reader.ToArrayData();
    }

    /// <summary>Reads all bytes of a file and compares every member with its CRC-32. Little memory is needed, whatever the size.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TensorFileException">It is no such file, or a bit of it has changed.</exception>
    /// <exception cref="IOException">It is missing or unreadable.</exception>
    public static void Verify(string path)
    {
        using var file = Open(path);
        var buffer = new byte[1 << 18];
        foreach (var name in file.Names)
        {
            using var member = file._directory.OpenMember(name);
            while (member.Remaining > 0)
            {
                member.ReadExactly(buffer.AsSpan(0, (int)Math.Min(buffer.Length, member.Remaining)));
            }

            member.Finish();
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _directory.Dispose();

    /// <summary>Opens one member for reading piece by piece.</summary>
    internal ArrayReader OpenReader(string name) => NpyReader.Open(_directory.OpenMember(name));
}

namespace Dfx.Numerics.Files;

/// <summary>An open safetensors file, mapped into memory: its header is checked as a whole, tensors are read on demand.</summary>
/// <remarks>Safe to read from several threads.</remarks>
public sealed class SafetensorsFile : IDisposable
{
    private readonly FilePlace _place;
    private readonly MappedFile _file;
    private readonly SafetensorsHeader _header;
    private readonly Dictionary<string, SafetensorsEntry> _entries;

    private SafetensorsFile(FilePlace place, MappedFile file, SafetensorsHeader header)
    {
        (_place, _file, _header) = (place, file, header);
        _entries = header.Entries.ToDictionary(entry => entry.Name);
        Names = [.. header.Entries.Select(entry => entry.Name)];
    }

    /// <summary>The tensors' names, in the order of their bytes in the file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The file's free-form string map; empty when it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>Offset in the file of the first tensor's first byte.</summary>
    internal long DataStart => _header.DataStart;

    /// <summary>Opens a file and checks its whole header; no tensor is read.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TensorFileException">The file breaks a rule of the format, or has a dtype that is unknown here.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var place = new FilePlace(path);
        var file = new MappedFile(path);
        try
        {
            return new(place, file, SafetensorsHeader.Read(file, place));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes arrays to a file, replacing it at once or not at all. Equal arguments give equal bytes.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="arrays">Names and arrays of any element type but <see cref="ElementType.Text"/>, in any order.</param>
    /// <param name="metadata">The free-form string map, if any.</param>
    /// <exception cref="ArgumentException">A duplicate or reserved name, or an array of strings.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, ArrayData>> arrays, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        SafetensorsWriter.Write(path, arrays.Select(pair => KeyValuePair.Create<string, IArraySource>(pair.Key, pair.Value)), metadata);
    }

    /// <summary>Element type, shape and place of one tensor.</summary>
    /// <param name="name">A name of the file.</param>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    public SafetensorsEntry Entry(string name) =>
        _entries.TryGetValue(name, out var entry) ? entry : throw NearestName.Missing(_place, "tensor", name, Names);

    /// <summary>Reads one tensor into managed memory.</summary>
    /// <param name="name">A name of the file.</param>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    /// <exception cref="TensorFileException">A bool is neither 0 nor 1, or the tensor exceeds 2 GiB.</exception>
    public ArrayData ReadData(string name)
    {
        using var reader = OpenReader(name);
        return reader.ToArrayData();
    }

    /// <summary>Unmaps the file.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Reads one tensor piece by piece.</summary>
    internal ArrayReader OpenReader(string name) => new Reader(Entry(name), _place.Of("tensor", name), _file, _header.DataStart);

    private sealed class Reader(SafetensorsEntry entry, FilePlace place, MappedFile file, long dataStart)
        : ArrayReader(entry.Layout, fortranOrder: false, place)
    {
        private long _offset = dataStart + entry.Begin;

        protected override void ReadNext(Span<byte> next)
        {
            file.CopyTo(_offset, next);
            _offset += next.Length;
        }
    }
}

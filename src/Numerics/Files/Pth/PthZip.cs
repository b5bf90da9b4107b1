using System.Text;

namespace Dfx.Numerics.Files.Pth;

/// <summary>The zip that torch.save writes since PyTorch 1.6: <c>root/data.pkl</c>, <c>root/data/KEY</c>, maybe <c>root/byteorder</c>.</summary>
/// <remarks>Source: PyTorch, caffe2/serialize/inline_container.h.</remarks>
internal sealed class PthZip : IPthContainer
{
    private const string Pickle = "data.pkl";

    private readonly ZipDirectory _zip;
    private readonly string _folder;

    private PthZip(ZipDirectory zip, FilePlace place)
    {
        _zip = zip;
        string[] found = [.. zip.Names.Where(name => name == Pickle || name.EndsWith("/" + Pickle, StringComparison.Ordinal))];
        _folder = found is [var only] ? only[..^Pickle.Length] : throw place.Error($"{found.Length} members are named {Pickle}; expected one");
        CheckByteOrder(place);
        var objects = new TorchObjects(place);
        Root = ReadPickle(objects);
        foreach (var storage in objects.Storages.Values)
        {
            CheckLength(storage, place.Of("storage", storage.Key));
        }
    }

    public object? Root { get; }

    /// <exception cref="TensorFileException">The file is damaged, or is not what torch.save writes.</exception>
    public static PthZip Open(string path)
    {
        // Stored members only: unpacked bytes are then bounded by the file.
        var zip = ZipDirectory.Open(path, entry => entry.CompressedLength == entry.Length ? null : "compressed; torch.save stores its members as they are");
        try
        {
            return new(zip, new(path));
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    public ByteSource Open(PthStorage storage) => _zip.OpenMember(Member(storage));

    public void Dispose() => _zip.Dispose();

    private string Member(PthStorage storage) => $"{_folder}data/{storage.Key}";

    private void CheckLength(PthStorage storage, FilePlace place)
    {
        if (_zip.Length(Member(storage)) is var length && length != storage.ByteLength)
        {
            throw place.Error($"{storage.Count} elements of {storage.Type} need {storage.ByteLength} bytes; the file has {length?.ToString() ?? "none"}");
        }
    }

    private object? ReadPickle(TorchObjects objects)
    {
        // At once: byte by byte, the zip library would seek each time.
        using var member = _zip.OpenMember(_folder + Pickle);
        var bytes = new byte[member.Remaining];
        member.ReadExactly(bytes);
        member.Finish();
        using var source = new ByteSource(new MemoryStream(bytes), bytes.Length, null, member.Place);
        var root = new PickleReader(source, objects).Read();
        source.Finish();
        return root;
    }

    private void CheckByteOrder(FilePlace place)
    {
        var name = _folder + "byteorder";
        if (_zip.Length(name) is not { } length)
        {
            return;
        }

        using var member = _zip.OpenMember(name);
        Span<byte> text = stackalloc byte[(int)Math.Min(length, 16)];
        member.ReadExactly(text);
        if (!text.SequenceEqual("little"u8))
        {
            throw place.Error(
                $"the byte order is {FilePlace.Quote(Encoding.Latin1.GetString(text))}; only 'little' is read. Save the tensors on a little-endian machine");
        }
    }
}

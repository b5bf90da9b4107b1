using System.Buffers.Binary;

namespace Dfx.Numerics.Files.Pth;

/// <summary>
/// The stream that torch.save wrote before PyTorch 1.6: pickles of a magic number, a version, the machine, the state dict and the
/// storages' keys, then per key an element count in eight bytes and the elements.
/// </summary>
/// <remarks>Source: PyTorch, torch/serialization.py, _legacy_save.</remarks>
internal sealed class PthLegacy : IPthContainer
{
    private const long Version = 1001;

    private readonly FilePlace _place;
    private readonly Dictionary<string, long> _offsets = [];

    private PthLegacy(FilePlace place, FileStream stream)
    {
        _place = place;
        using var source = new ByteSource(stream, stream.Length, null, place);
        source.ReadExactly(new byte[Magic.Length]);
        var objects = new TorchObjects(place);
        if (new PickleReader(source, objects).Read() is not Version)
        {
            throw place.Error($"the version behind the magic number is not {Version}");
        }

        CheckMachine(new PickleReader(source, objects).Read());
        Root = new PickleReader(source, objects).Read();
        var keys = new PickleReader(source, objects).Read() as PickleList ?? throw place.Error("the list of storages is no list");
        Locate(keys, objects.Storages, stream, source.Position);
    }

    /// <summary>The first bytes: a pickle of 0x1950A86A20F9469CFC6C.</summary>
    public static ReadOnlySpan<byte> Magic => [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E];

    public object? Root { get; }

    /// <exception cref="TensorFileException">The file is damaged, or is not what torch.save wrote.</exception>
    public static PthLegacy Open(string path)
    {
        using var stream = OpenStream(path, 4096);
        return new(new(path), stream);
    }

    public ByteSource Open(PthStorage storage)
    {
        var stream = OpenStream(_place.Path, 0);
        stream.Position = _offsets[storage.Key];
        return new(stream, storage.ByteLength, null, _place.Of("storage", storage.Key));
    }

    public void Dispose()
    {
        // Each reader opens the file for itself.
    }

    private static FileStream OpenStream(string path, int bufferSize) =>
        new(RegularFile.Checked(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize);

    private void CheckMachine(object? machine)
    {
        if ((machine as PickleDict)?.Find("little_endian") is not bool little)
        {
            throw _place.Error("the description of the machine lacks 'little_endian'");
        }

        if (!little)
        {
            throw _place.Error("the numbers are big-endian; only little-endian ones are read. Save the tensors on a little-endian machine");
        }
    }

    private void Locate(PickleList keys, IReadOnlyDictionary<string, PthStorage> storages, FileStream stream, long offset)
    {
        foreach (var key in keys.Items)
        {
            if (key is not string name || !storages.TryGetValue(name, out var storage))
            {
                throw _place.Error("the list of storages has one that no tensor refers to");
            }

            var start = offset + CheckCount(stream, offset, storage);
            offset = start + storage.ByteLength;
            if (!_offsets.TryAdd(name, start))
            {
                throw _place.Error($"storage {FilePlace.Quote(name)} appears twice");
            }
        }

        if (offset != stream.Length || _offsets.Count != storages.Count)
        {
            throw _place.Error(
                $"{_offsets.Count} of {storages.Count} storages end at byte {offset}, the file at {stream.Length}; expected all, and the same end");
        }
    }

    // Returns the length of the count that precedes the elements.
    private long CheckCount(FileStream stream, long offset, PthStorage storage)
    {
        Span<byte> count = stackalloc byte[sizeof(long)];
        var left = stream.Length - offset - count.Length;
        if (left < storage.ByteLength || RandomAccess.Read(stream.SafeFileHandle, count, offset) < count.Length)
        {
            throw _place.Error(
                $"storage {FilePlace.Quote(storage.Key)} needs {storage.ByteLength} bytes, of which {Math.Max(left, 0)} are left; the file is cut short");
        }

        var stored = BinaryPrimitives.ReadInt64LittleEndian(count);
        return stored == storage.Count
            ? count.Length
            : throw _place.Error($"storage {FilePlace.Quote(storage.Key)} has {stored} elements at byte {offset}; the tensors say {storage.Count}");
    }
}

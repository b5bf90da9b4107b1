using System.Globalization;
using Dfx.Numerics.Files.Pth;

namespace Dfx.Numerics.Files;

/// <summary>
/// An open .pth file with a dict of tensors, as <c>torch.save(network.state_dict(), path)</c> writes it, or with a list of them, whose names are their places from 0 on; in the zip of today or the
/// stream of before PyTorch 1.6; the first bytes decide which, not the name.
/// </summary>
/// <remarks>
/// A .pth file is a Python pickle, a program by nature. This one is not run: only the calls that build tensors are understood, and a file
/// that asks for anything else is refused by that thing's name. Memory is allocated only for bytes that the file has.
/// </remarks>
public sealed class PthFile : IDisposable
{
    // Tensors that share a storage, such as tied weights, are read once each; more than this is no network.
    private const int MaxSharing = 4;

    private readonly FilePlace _place;
    private readonly IPthContainer _container;
    private readonly Dictionary<string, PthTensor> _tensors = [];

    private PthFile(FilePlace place, IPthContainer container, long fileLength)
    {
        (_place, _container) = (place, container);
        Int128 left = (Int128)fileLength * MaxSharing;
        IsList = container.Root is PickleList;
        foreach (var (key, value) in Items(place, container.Root))
        {
            var name = key as string ?? throw place.Error("has a key that is no text; expected a state dict of tensors");
            var tensor = value as PthTensor ?? throw place.Of("entry", name).Error("not a tensor; expected a state dict of tensors and nothing else");
            left -= tensor.Layout.ByteLength;
            if (left < 0 || !_tensors.TryAdd(name, tensor))
            {
                throw place.Of("tensor", name).Error(left < 0 ? $"the tensors have more than {MaxSharing} times the file's bytes" : "appears twice");
            }
        }

        Names = [.. _tensors.Keys];
    }

    /// <summary>The tensors' names, in the order of the dict or list.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether it holds a list and no dict: names are 0, 1 and so on.</summary>
    public bool IsList { get; }

    /// <summary>Opens a file, reads its pickles and checks that every tensor lies within the file; no tensor is read.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TensorFileException">The file is damaged, of another kind, or asks for more than tensors.</exception>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static PthFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var place = new FilePlace(path);
        var container = OpenContainer(place);
        try
        {
            return new(place, container, new FileInfo(path).Length);
        }
        catch
        {
            container.Dispose();
            throw;
        }
    }

    /// <summary>Element type and shape of one tensor.</summary>
    /// <param name="name">A name of the file.</param>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    public ArrayLayout Layout(string name) => Find(name).Layout;

    /// <summary>Reads one tensor into managed memory, in C order.</summary>
    /// <param name="name">A name of the file.</param>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    /// <exception cref="TensorFileException">A checksum differs, a bool is neither 0 nor 1, or the tensor exceeds 2 GiB.</exception>
    public ArrayData ReadData(string name)
    {
        using var reader = OpenReader(name);
        return reader.ToArrayData();
    }

    private static IEnumerable<KeyValuePair<object?, object?>> Items(FilePlace place, object? root) => root switch
    {
        PickleDict dict => dict.Items,
        PickleList list => list.Items.Select((value, i) => new KeyValuePair<object?, object?>(i.ToString(CultureInfo.InvariantCulture), value)),
        _ => throw place.Error("holds no dict; expected a state dict of tensors"),
    };

    /// <summary>Closes the file.</summary>
    public void Dispose() => _container.Dispose();

    /// <summary>Reads one tensor piece by piece.</summary>
    internal ArrayReader OpenReader(string name)
    {
        var tensor = Find(name);
        var source = _container.Open(tensor.Storage);
        return tensor.IsWhole ? new WholeReader(tensor, source) : new ViewReader(tensor, source);
    }

    private PthTensor Find(string name) => _tensors.TryGetValue(name, out var tensor) ? tensor : throw NearestName.Missing(_place, "tensor", name, Names);

    private static IPthContainer OpenContainer(FilePlace place)
    {
        Span<byte> first = stackalloc byte[PthLegacy.Magic.Length];
        int read;
        using (var file = File.OpenHandle(RegularFile.Checked(place.Path)))
        {
            read = RandomAccess.Read(file, first, 0);
        }

        return first[..read].StartsWith("PK\u0003\u0004"u8) ? PthZip.Open(place.Path)
            : first[..read].SequenceEqual(PthLegacy.Magic) ? PthLegacy.Open(place.Path)
            : throw place.Error($"begins with {Convert.ToHexString(first[..read])}; that is neither a zip nor the magic number of torch.save");
    }

    private sealed class WholeReader(PthTensor tensor, ByteSource source) : ArrayReader(tensor.Layout, fortranOrder: false, source.Place)
    {
        public override void Finish() => source.Finish();

        public override void Dispose()
        {
            source.Dispose();
            base.Dispose();
        }

        protected override void ReadNext(Span<byte> next) => source.ReadExactly(next);
    }
}

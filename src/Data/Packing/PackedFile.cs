using System.Buffers.Binary;
using System.Text;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Data.Packing;

/// <summary>A packed dataset, mapped into memory. Safe for reading from several threads.</summary>
internal sealed class PackedFile : IDisposable
{
    private readonly MappedFile _file;
    private readonly long _start;
    private readonly Dictionary<Split, long> _starts;
    private readonly SafetensorsFile _tensors;
    private readonly Lazy<PackBlocks> _blocks;

    private PackedFile(string path, SafetensorsFile tensors)
    {
        _tensors = tensors;
        Facts = PackFacts.Of(tensors, path);
        Hash = tensors.Metadata.GetValueOrDefault(PackFacts.HashKey) ?? "";
        _file = new(path);
        _start = _file.Length - tensors.Names.Max(name => tensors.Entry(name).End);
        _blocks = new(() => PackBlocks.Of(path, Hash));
        _starts = Enum.GetValues<Split>().ToDictionary(split => split, split => _start + tensors.Entry(PackFacts.Names(split).Images).Begin);
    }

    /// <summary>What the header says.</summary>
    public PackFacts Facts { get; }

    /// <summary>The hash that the file records of itself.</summary>
    public string Hash { get; }

    /// <summary>Opens a file; no image is read.</summary>
    /// <exception cref="DataUnavailableException">It is missing, unreadable, or no packed dataset.</exception>
    public static PackedFile Open(string path)
    {
        try
        {
            var tensors = SafetensorsFile.Open(path);
            try
            {
                return new(path, tensors);
            }
            catch
            {
                tensors.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or TensorFileException)
        {
            throw new DataUnavailableException($"{path}: no readable packed dataset: {error.Message}", error);
        }
    }

    /// <summary>Whether a file can be a packed dataset: it starts as safetensors files do.</summary>
    public static bool Is(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = File.OpenRead(RegularFile.Checked(path));
        var start = new byte[sizeof(long) + 1];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start[^1] == '{' && BinaryPrimitives.ReadInt64LittleEndian(start) is > 0 and <= SafetensorsHeader.MaxLength;
    }

    /// <summary>Copies the pixels of an image, [C, H, W].</summary>
    /// <exception cref="DataUnavailableException">A byte near them has changed since the file was packed.</exception>
    public void Read(Split split, int index, Span<byte> pixels)
    {
        var offset = _starts[split] + (index * Facts.Shape.Elements);
        _blocks.Value.Check(_file, offset, pixels.Length);
        _file.CopyTo(offset, pixels);
    }

    /// <summary>The labels of a part.</summary>
    public long[] Labels(Split split)
    {
        var entry = _tensors.Entry(PackFacts.Names(split).Labels);
        _blocks.Value.Check(_file, _start + entry.Begin, entry.End - entry.Begin);
        var bytes = _tensors.ReadData(PackFacts.Names(split).Labels).Bytes;
        var labels = new long[Facts.Count(split)];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[(i * sizeof(long))..]);
        }

        return labels;
    }

    /// <summary>Computes the hash of the file again and compares.</summary>
    /// <exception cref="DataUnavailableException">A byte of the file has changed.</exception>
    public static void Verify(string path, Action<long, long>? progress, CancellationToken cancellation)
    {
        using var packed = Open(path);
        var start = new byte[packed._starts[Split.Test]];
        packed._file.CopyTo(0, start);
        var at = PackHash.Find(start, packed.Hash);
        if (at < 0)
        {
            throw new DataUnavailableException($"{path}: its header records no hash of the file. The file is damaged: get it again.");
        }

        Encoding.ASCII.GetBytes(PackHash.Placeholder).CopyTo(start, at);
        var found = PackHash.Of(path, start, progress, cancellation);
        if (found != packed.Hash)
        {
            throw new DataUnavailableException($"{path}: its SHA-256 is {found}; it was written with {packed.Hash}. The file is damaged: get it again.");
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _tensors.Dispose();
    }
}

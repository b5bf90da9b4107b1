using System.Buffers;
using System.Runtime.InteropServices;
using Dfx.Sdk;

namespace Dfx.Data.Packing;

/// <summary>A packed dataset as data to train on and to compare with: all of it, or some classes of it.</summary>
internal sealed class PackedSource : IDataSource
{
    private readonly PackedFile _file;
    private readonly Dictionary<Split, Part> _parts;

    /// <param name="file">The file; closed with the data.</param>
    /// <param name="classes">The classes that are taken, or null for all images.</param>
    public PackedSource(PackedFile file, IReadOnlyList<string>? classes = null)
    {
        _file = file;
        Classes = classes ?? file.Facts.Classes;
        _parts = Enum.GetValues<Split>().ToDictionary(split => split, Select);
    }

    public DataShape Shape => _file.Facts.Shape;

    public IReadOnlyList<string> Classes { get; }

    public bool IsImages => true;

    public int Count(Split split) => _parts[split].Indices.Length;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        var part = Checked(split, indices);
        var images = torch.empty(Shape.Batch(indices.Length), dtype: torch.float32);
        var each = (int)Shape.Elements;
        var pixels = ArrayPool<byte>.Shared.Rent(each);
        try
        {
            var values = indices.Length > 0 ? MemoryMarshal.Cast<byte, float>(images.bytes) : [];
            for (var i = 0; i < indices.Length; i++)
            {
                _file.Read(split, part.Indices[indices[i]], pixels.AsSpan(0, each));
                PixelValues.Normalise(pixels, values.Slice(i * each, each));
            }

            return images;
        }
        catch
        {
            images.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices)
    {
        if (Classes.Count == 0)
        {
            throw new InvalidOperationException($"{_file.Facts.Dataset} has no labels");
        }

        var part = Checked(split, indices);
        var labels = new long[indices.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = part.Labels[indices[i]];
        }

        return torch.tensor(labels);
    }

    public void Dispose() => _file.Dispose();

    private Part Select(Split split)
    {
        var facts = _file.Facts;
        if (facts.Classes.Count == 0)
        {
            return new([.. Enumerable.Range(0, facts.Count(split))], []);
        }

        // Labels of the file to labels of the selection; what is not selected is -1.
        var labels = _file.Labels(split);
        var renamed = facts.Classes.Select(name => Classes.ToList().IndexOf(name)).ToArray();
        int[] indices = [.. Enumerable.Range(0, labels.Length).Where(i => renamed[labels[i]] >= 0)];
        return new(indices, [.. indices.Select(i => (long)renamed[labels[i]])]);
    }

    private Part Checked(Split split, ReadOnlySpan<int> indices)
    {
        var part = _parts[split];
        foreach (var index in indices)
        {
            if ((uint)index >= (uint)part.Indices.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"the {split} part has {part.Indices.Length} images");
            }
        }

        return part;
    }

    private sealed record Part(int[] Indices, long[] Labels);
}

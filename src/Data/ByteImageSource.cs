using System.Runtime.InteropServices;
using Dfx.Sdk;

namespace Dfx.Data;

/// <summary>Labelled 8-bit images in memory. Nothing in it changes, so any number of threads may read.</summary>
/// <param name="shape">The shape of every image.</param>
/// <param name="classes">The names of the classes.</param>
/// <param name="train">The training images.</param>
/// <param name="test">The test images.</param>
internal sealed class ByteImageSource(DataShape shape, IReadOnlyList<string> classes, ByteImages train, ByteImages test) : IDataSource
{
    public DataShape Shape => shape;

    public IReadOnlyList<string> Classes => classes;

    public bool IsImages => true;

    public int Count(Split split) => Part(split).Count;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        var part = Checked(split, indices);
        var images = torch.empty(shape.Batch(indices.Length), dtype: torch.float32);
        if (indices.Length == 0)
        {
            return images;
        }

        var values = MemoryMarshal.Cast<byte, float>(images.bytes);
        var each = (int)shape.Elements;
        for (var i = 0; i < indices.Length; i++)
        {
            PixelValues.Normalise(part.Pixels.Span.Slice(indices[i] * each, each), values.Slice(i * each, each));
        }

        return images;
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices)
    {
        var labels = Checked(split, indices).Labels.Span;
        var values = new long[indices.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = labels[indices[i]];
        }

        return torch.tensor(values);
    }

    public void Dispose()
    {
        // Managed memory only.
    }

    private ByteImages Checked(Split split, ReadOnlySpan<int> indices)
    {
        var part = Part(split);
        foreach (var index in indices)
        {
            if ((uint)index >= (uint)part.Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"the {split} part has {part.Count} images");
            }
        }

        return part;
    }

    private ByteImages Part(Split split) => split == Split.Train ? train : test;
}

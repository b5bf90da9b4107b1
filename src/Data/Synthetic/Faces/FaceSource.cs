using System.Runtime.InteropServices;
using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.Data.Synthetic.Faces;

/// <summary>
/// Faces that are drawn when they are first read. Face i of a part is made of uniform numbers (draw 0 of sample i) and grain (draw 1), keyed by the seed and the part, so
/// the first n faces are the same however many there are.
/// </summary>
internal sealed class FaceSource(ProcFacesOptions options) : IDataSource
{
    // Two threads may draw the same face at the same time: they draw the same bytes.
    private readonly byte[]?[] _train = new byte[options.Train][];
    private readonly byte[]?[] _test = new byte[options.Test][];

    public DataShape Shape { get; } = new(3, options.Size, options.Size);

    public IReadOnlyList<string> Classes => [];

    public bool IsImages => true;

    public int Count(Split split) => Drawn(split).Length;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        var (drawn, each) = (Drawn(split), (int)Shape.Elements);
        foreach (var index in indices)
        {
            if ((uint)index >= (uint)drawn.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"the {split} part has {drawn.Length} faces");
            }
        }

        var images = torch.empty(Shape.Batch(indices.Length), dtype: torch.float32);
        var values = indices.Length == 0 ? [] : MemoryMarshal.Cast<byte, float>(images.bytes);
        for (var i = 0; i < indices.Length; i++)
        {
            var pixels = Volatile.Read(ref drawn[indices[i]]) ?? Draw(split, indices[i]);
            Volatile.Write(ref drawn[indices[i]], pixels);
            PixelValues.Normalise(pixels, values.Slice(i * each, each));
        }

        return images;
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new InvalidOperationException("proc-faces has no labels.");

    public void Dispose()
    {
        // Managed memory only.
    }

    /// <summary>A face of a part.</summary>
    internal Face Face(Split split, int index)
    {
        var numbers = new float[Faces.Face.Numbers];
        NoiseSource.Uniforms(Key(split), (uint)index, 0, numbers);
        return Faces.Face.Drawn(new(numbers));
    }

    private byte[] Draw(Split split, int index)
    {
        var grain = new float[Shape.Elements];
        NoiseSource.Uniforms(Key(split), (uint)index, 1, grain);
        return FacePainter.Paint(Face(split, index), options.Size, grain);
    }

    private NoiseKey Key(Split split) => NoiseKey.For((ulong)options.Seed, split == Split.Train ? "faces/train" : "faces/test");

    private byte[]?[] Drawn(Split split) => split == Split.Train ? _train : _test;
}

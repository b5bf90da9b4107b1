using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Dfx.Numerics.Noise;

namespace Dfx.Metrics.Extractors.R64;

/// <summary>
/// The random numbers of <see cref="R64Extractor"/>: normals of Philox, the same bits on every machine. Convolutions have He et al.'s
/// variance (2015); all but the first are centred filter by filter, so that they see contrasts and not the mean that ReLUs leave behind.
/// </summary>
internal sealed class R64Weights
{
    /// <summary>Channels of the ten convolutions: the first four blocks of VGG-16 with a quarter of its channels.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<int>> Blocks = [[16, 16], [32, 32], [64, 64, 64], [128, 128, 128]];

    /// <summary>The side of the grid of means that each block is reduced to.</summary>
    public const int Grid = 2;

    /// <summary>Numbers from each block.</summary>
    public const int PerBlock = 16;

    private const ulong Seed = 64;

    // Brings each block's numbers to a mean square of 1 over the training images of Fashion-MNIST.
    private static readonly double[] s_scales = [1.47, 3.47, 6.93, 8.28];

    private readonly List<float[]> _all = [];

    private R64Weights()
    {
        var inputs = 3;
        foreach (var block in Blocks)
        {
            foreach (var outputs in block)
            {
                Convolutions.Add((Convolution(outputs, inputs * 9), [outputs, inputs, 3, 3]));
                inputs = outputs;
            }

            Projections.Add((Projection(inputs * Grid * Grid, s_scales[Projections.Count]), [PerBlock, inputs * Grid * Grid]));
        }
    }

    /// <summary>Weights of the ten convolutions.</summary>
    public List<(float[] Values, long[] Shape)> Convolutions { get; } = [];

    /// <summary>A matrix for each block.</summary>
    public List<(float[] Values, long[] Shape)> Projections { get; } = [];

    /// <summary>The SHA-256 of all numbers as they were made.</summary>
    public string Sha256
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            _all.ForEach(values => hash.AppendData(MemoryMarshal.AsBytes<float>(values)));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    public static R64Weights Make() => new();

    private float[] Convolution(int outputs, int fanIn)
    {
        var values = Normals(outputs * fanIn);
        var scale = Math.Sqrt(2.0 / fanIn);
        for (var filter = 0; filter < outputs; filter++)
        {
            var weights = values.AsSpan(filter * fanIn, fanIn);
            Rescale(weights, Convolutions.Count == 0 ? 0 : Mean(weights), scale);
        }

        return values;
    }

    private float[] Projection(int inputs, double scale)
    {
        var values = Normals(PerBlock * inputs);
        Rescale(values, 0, scale / Math.Sqrt(inputs));
        return values;
    }

    private float[] Normals(int count)
    {
        var values = new float[count];
        NoiseSource.Normals(NoiseKey.For(Seed, "r64"), 0, (uint)_all.Count, values);
        _all.Add(values);
        return values;
    }

    private static double Mean(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static void Rescale(Span<float> values, double mean, double scale)
    {
        foreach (ref var value in values)
        {
            value = (float)((value - mean) * scale);
        }
    }
}

using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.Data.Synthetic;

/// <summary>
/// Vectors that were drawn from a mixture: vector i of a part is m_k + s z, its component k from a uniform number (draw 0 of sample i) and z from
/// normals (draw 1), keyed by the seed and the part. So the first n vectors are the same however many there are.
/// </summary>
internal sealed class MixtureSource : IDataSource, IKnownDistribution
{
    private readonly GaussianMixture _mixture;
    private readonly Part _train;
    private readonly Part _test;

    /// <summary>Draws the data.</summary>
    /// <param name="mixture">The distribution.</param>
    /// <param name="train">How many training vectors.</param>
    /// <param name="test">How many test vectors.</param>
    /// <param name="seed">The seed of the draws.</param>
    public MixtureSource(GaussianMixture mixture, int train, int test, int seed)
    {
        _mixture = mixture;
        _train = Draw(mixture, train, NoiseKey.For((ulong)seed, "synthetic/train"));
        _test = Draw(mixture, test, NoiseKey.For((ulong)seed, "synthetic/test"));
    }

    public DataShape Shape => new(_mixture.Dimension, 1, 1);

    public IReadOnlyList<string> Classes => [.. Enumerable.Range(0, _mixture.Weights.Count).Select(k => $"component {k}")];

    public bool IsImages => false;

    public int Count(Split split) => Of(split).Labels.Length;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        var (part, each) = (Checked(split, indices), _mixture.Dimension);
        var values = new float[indices.Length * each];
        for (var i = 0; i < indices.Length; i++)
        {
            part.Values.AsSpan(indices[i] * each, each).CopyTo(values.AsSpan(i * each));
        }

        return torch.tensor(values, [indices.Length, each, 1, 1]);
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices)
    {
        var part = Checked(split, indices);
        var labels = new long[indices.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = part.Labels[indices[i]];
        }

        return torch.tensor(labels);
    }

    public torch.Tensor Mean() => _mixture.Mean();

    public torch.Tensor Covariance() => _mixture.Covariance();

    public torch.Tensor Denoise(torch.Tensor x, double sigma) => _mixture.Denoise(x, sigma);

    public torch.Tensor PosteriorVariance(torch.Tensor x, double sigma) => _mixture.PosteriorVariance(x, sigma);

    public void Dispose()
    {
        // Managed memory only.
    }

    private static Part Draw(GaussianMixture mixture, int count, NoiseKey key)
    {
        var (each, labels) = (mixture.Dimension, new int[count]);
        var values = new float[count * each];
        Span<double> uniform = stackalloc double[1];
        var normals = new double[each];
        for (var i = 0; i < count; i++)
        {
            NoiseSource.Uniforms(key, (uint)i, 0, uniform);
            NoiseSource.Normals(key, (uint)i, 1, normals);
            labels[i] = Component(mixture.Weights, uniform[0]);
            for (var j = 0; j < each; j++)
            {
                values[(i * each) + j] = (float)(mixture.Means[labels[i]][j] + (mixture.Std * normals[j]));
            }
        }

        return new(values, labels);
    }

    private static int Component(IReadOnlyList<double> weights, double uniform)
    {
        var k = 0;
        for (var sum = weights[0]; uniform >= sum && k < weights.Count - 1; sum += weights[k])
        {
            k++;
        }

        return k;
    }

    private Part Checked(Split split, ReadOnlySpan<int> indices)
    {
        var part = Of(split);
        foreach (var index in indices)
        {
            if ((uint)index >= (uint)part.Labels.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"the {split} part has {part.Labels.Length} vectors");
            }
        }

        return part;
    }

    private Part Of(Split split) => split == Split.Train ? _train : _test;

    private sealed record Part(float[] Values, int[] Labels);
}

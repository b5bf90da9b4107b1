using System.Globalization;
using System.Text;
using Dfx.Data.Idx;
using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.Data.Synthetic;

/// <summary>Gaussians of equal weight whose means lie in random directions on a sphere around 0.</summary>
/// <param name="options">Components, dimension, separation, standard deviation, counts and seed.</param>
[Dataset("gaussian-mixture", "Gaussian mixture")]
public sealed class GaussianMixtureDataset(GaussianMixtureOptions options) : IDataset
{
    /// <summary>The distribution that the data are drawn from.</summary>
    public GaussianMixture Mixture { get; } = Of(options);

    /// <inheritdoc/>
    public string Fingerprint(DataContext context) => PinnedFile.Hash(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"gaussian-mixture 1 {options.Components} {options.Dimension} {options.Separation:r} {options.Std:r} {options.Train} {options.Test} {options.Seed}")));

    /// <inheritdoc/>
    public IDataSource Open(DataContext context) => new MixtureSource(Mixture, options.Train, options.Test, options.Seed);

    private static GaussianMixture Of(GaussianMixtureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(
            [.. Enumerable.Repeat(1.0 / options.Components, options.Components)],
            [.. Enumerable.Range(0, options.Components).Select(k => Centre(options, k))],
            options.Std);
    }

    // A vector of normals points in a uniformly random direction.
    private static double[] Centre(GaussianMixtureOptions options, int k)
    {
        var direction = new double[options.Dimension];
        NoiseSource.Normals(NoiseKey.For((ulong)options.Seed, "synthetic/means"), (uint)k, 0, direction);
        var scale = options.Separation / Math.Sqrt(2 * direction.Sum(v => v * v));
        return [.. direction.Select(v => v * scale)];
    }
}

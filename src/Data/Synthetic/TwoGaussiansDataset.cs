using System.Globalization;
using System.Text;
using Dfx.Data.Idx;
using Dfx.Sdk;

namespace Dfx.Data.Synthetic;

/// <summary>
/// Two Gaussians of equal weight with means +-mu, the toy data of "Stable Target Field for Reduced Variance Score Estimation in Diffusion Models"
/// (Xu, Tong, Jaakkola 2023). mu has equal numbers in all dimensions.
/// </summary>
/// <param name="options">Dimension, separation, standard deviation, counts and seed.</param>
[Dataset("two-gaussians", "Two Gaussians", Paper = "Xu, Tong, Jaakkola, ICLR 2023")]
public sealed class TwoGaussiansDataset(TwoGaussiansOptions options) : IDataset
{
    /// <summary>The distribution that the data are drawn from.</summary>
    public GaussianMixture Mixture { get; } = new([0.5, 0.5], [Centre(options, 1), Centre(options, -1)], options.Std);

    /// <inheritdoc/>
    public string Fingerprint(DataContext context) => PinnedFile.Hash(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"two-gaussians 1 {options.Dimension} {options.Separation:r} {options.Std:r} {options.Train} {options.Test} {options.Seed}")));

    /// <inheritdoc/>
    public IDataSource Open(DataContext context) => new MixtureSource(Mixture, options.Train, options.Test, options.Seed);

    private static double[] Centre(TwoGaussiansOptions options, int sign)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. Enumerable.Repeat(sign * options.Separation / (2 * Math.Sqrt(options.Dimension)), options.Dimension)];
    }
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Data.Synthetic;

/// <summary>The parameters of <see cref="GaussianMixtureDataset"/>.</summary>
/// <param name="Components">How many Gaussians, of equal weight.</param>
/// <param name="Dimension">Numbers a vector.</param>
/// <param name="Separation">How far apart two means are in the root mean square.</param>
/// <param name="Std">The standard deviation of each Gaussian in every direction; 0 makes them points.</param>
/// <param name="Train">How many training vectors.</param>
/// <param name="Test">How many test vectors.</param>
/// <param name="Seed">The seed of the means and of the draws.</param>
public sealed record GaussianMixtureOptions(
    [Description("How many Gaussians, of equal weight.")][Range(1, 1000)] int Components = 8,
    [Description("Numbers a vector.")][Range(1, 4096)] int Dimension = 2,
    [Description("How far apart two means are, about: they lie in random directions on a sphere whose radius is this over the root of 2.")][Range(0.0, 1e6)] double Separation = 1,
    [Description("The standard deviation of each Gaussian in every direction; 0 makes them points.")][Range(0.0, 1e6)] double Std = 0.05,
    [Description("How many training vectors.")][Range(2, 1_000_000)] int Train = 10_000,
    [Description("How many test vectors.")][Range(2, 1_000_000)] int Test = 10_000,
    [Description("The seed of the means and of the draws.")][Range(0, int.MaxValue)] int Seed = 0);

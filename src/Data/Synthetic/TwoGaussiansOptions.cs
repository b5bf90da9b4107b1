using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Data.Synthetic;

/// <summary>The parameters of <see cref="TwoGaussiansDataset"/>.</summary>
/// <param name="Dimension">Numbers a vector.</param>
/// <param name="Separation">The distance of the two means.</param>
/// <param name="Std">The standard deviation of either Gaussian in every direction; 0 makes them points.</param>
/// <param name="Train">How many training vectors.</param>
/// <param name="Test">How many test vectors.</param>
/// <param name="Seed">The seed of the draws.</param>
public sealed record TwoGaussiansOptions(
    [Description("Numbers a vector.")][Range(1, 4096)] int Dimension = 64,
    [Description("The distance of the two means; 8 puts them at 0.5 and -0.5 in each of 64 dimensions.")][Range(0.0, 1e6)] double Separation = 8,
    [Description("The standard deviation of either Gaussian in every direction; 0 makes them points.")][Range(0.0, 1e6)] double Std = 0.1,
    [Description("How many training vectors.")][Range(2, 1_000_000)] int Train = 10_000,
    [Description("How many test vectors.")][Range(2, 1_000_000)] int Test = 10_000,
    [Description("The seed of the draws.")][Range(0, int.MaxValue)] int Seed = 0);

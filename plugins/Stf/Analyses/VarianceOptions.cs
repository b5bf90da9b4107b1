using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Stf.Analyses;

/// <summary>What the variance of targets is computed on.</summary>
public enum VarianceData
{
    /// <summary>Two Gaussians of equal weight; the matrix's dataset is not looked at.</summary>
    TwoGaussians,

    /// <summary>Training images of the matrix's dataset.</summary>
    Dataset,
}

/// <summary>The parameters of <see cref="VarianceAnalysis"/>.</summary>
/// <param name="Data">Two Gaussians or the dataset.</param>
/// <param name="Points">N.</param>
/// <param name="Dimensions">d of the two Gaussians.</param>
/// <param name="Distance">The distance of their means.</param>
/// <param name="Deviation">Their standard deviation s.</param>
/// <param name="SigmaMin">The lowest noise level.</param>
/// <param name="SigmaMax">The highest noise level.</param>
/// <param name="Levels">How many noise levels.</param>
/// <param name="ReferenceBatch">The largest n.</param>
/// <param name="States">M.</param>
/// <param name="Batches">M'.</param>
public sealed record VarianceOptions(
    [Description("two-gaussians, which need no dataset, or dataset: training images.")] VarianceData Data = VarianceData.TwoGaussians,
    [Description("N: images of the dataset, or points of two Gaussians that are wider than points; at most what there is.")][Range(2, 16384)] int Points = 1024,
    [Description("Dimensions of the two Gaussians.")][Range(1, 4096)] int Dimensions = 64,
    [Description("Distance of their means.")][Range(0.0, 1e6)] double Distance = 8,
    [Description("Their standard deviation; 0 for two points, which is what the published figure looks like.")][Range(0.0, 1e6)] double Deviation = 0,
    [Description("The lowest noise level.")][Range(1e-6, 1e6)] double SigmaMin = 0.02,
    [Description("The highest noise level.")][Range(1e-6, 1e6)] double SigmaMax = 100,
    [Description("Noise levels, geometric.")][Range(2, 1000)] int Levels = 16,
    [Description("The largest n; the others are 1, 4, 16 and so on.")][Range(1, 65536)] int ReferenceBatch = 256,
    [Description("M: noisy states a level.")][Range(2, 100_000)] int States = 256,
    [Description("M': reference batches a state.")][Range(2, 100_000)] int Batches = 32);

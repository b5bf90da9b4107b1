using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dfx.ResidualCorrection.Pairs;

namespace Dfx.ResidualCorrection;

/// <summary>How wide a correction function is: the names of the paper's Table 4.</summary>
public enum FunctionSize
{
    /// <summary>As its source's network, whatever that is.</summary>
    Model,

    /// <summary>16 channels: 0.8 million parameters at the paper's depth.</summary>
    T,

    /// <summary>32 channels: 3.2 million.</summary>
    S,

    /// <summary>64 channels: 12.8 million.</summary>
    M,

    /// <summary>96 channels: 28.7 million.</summary>
    L,

    /// <summary>128 channels: 51 million, the size of EDM's own network for CIFAR-10.</summary>
    Xl,

    /// <summary>256 channels: 204 million.</summary>
    H,
}

/// <summary>How deep a correction function of a named size is.</summary>
public enum FunctionDepth
{
    /// <summary>EDM's DDPM++ for CIFAR-10: multipliers 2, 2, 2, four blocks a resolution, attention at 16 pixels.</summary>
    Edm,

    /// <summary>Family, multipliers, blocks and attention of its source's network.</summary>
    Model,
}

/// <summary>What the network's output is.</summary>
public enum FunctionOutput
{
    /// <summary>The clean image, f(y) = F(y), as in the paper's Algorithm 1.</summary>
    Direct,

    /// <summary>What is added to the state, f(y) = y + F(y): nearly the identity at first.</summary>
    Skip,
}

/// <summary>What the network is given of a state.</summary>
public enum InputScale
{
    /// <summary>The state itself.</summary>
    Raw,

    /// <summary>The state divided by max(1, its root mean square / 0.5), image by image.</summary>
    Rms,
}

/// <summary>What the options are that both corrections have.</summary>
internal static class OptionWords
{
    internal const string Size = "The network's width: that of the source's network, or 16, 32, 64, 96, 128, 256 channels for t to h.";
    internal const string Depth = "The depth of sizes t to h: edm for the sizes of the paper, model for that of the source's network.";
    internal const string Output = "What the network's output is: direct (the clean image) or skip (what is added to the state).";
    internal const string InputScale = "What the network is given: the raw state, or rms (divided by max(1, rms / 0.5)).";
    internal const string Metric = "The distance in the loss: l2, l1, or lpips (with the weights vgg16 and lpips-vgg-piq, which dfx data add takes).";
    internal const string Rotate = "Whether half of the images are turned, by up to 15 degrees.";
    internal const string Crop = "Whether half of the images are cropped, to 0.8 to 1 of their area.";
    internal const string Augmentation = "The target of turned and cropped images: paired-geometry (themselves, and pairs are made of them too) or literal (the image before).";
    internal const string Batching = "How trajectories are batched: harvest (collected once, every state is a pair), or made anew every step: lockstep (each image its own levels), shared (one pair of levels a step).";
    internal const string Pairs = "How many pairs are collected, at least.";
    internal const string Levels = "N: the levels of the grid that trajectories are made on (Karras et al., rho 7).";
    internal const string Solver = "The solver of the source's trajectories.";
    internal const string Coupling = "How a trajectory's start belongs to its image: forward-noise (x0 + sigma z) or ode-encode (x0 carried up the source's ODE).";
    internal const string SigmaAMax = "The largest noise level that a trajectory starts at; none for the whole grid.";
    internal const string Law = "How start and stop are drawn: uniform (over the grid), log-sigma (uniform in log sigma), late (half of the stops at the level that corrects).";
    internal const string N = "Steps of the grid between start and stop; none for random.";
    internal const string Resubdivide = "Cuts start to stop into 1 to this many new steps, at random; none for the grid's own.";
    internal const string At = "c: the correction takes over near this noise level, or the sampler's last one if that is larger.";
    internal const string Rule = "Which level near c: at-or-above (the smallest that is not below) or first-below.";
}

/// <summary>The parameters of <see cref="Residual"/>.</summary>
/// <param name="Size">Its network's width.</param>
/// <param name="Depth">Its network's depth.</param>
/// <param name="Output">What the network's output is.</param>
/// <param name="InputScale">What the network is given.</param>
/// <param name="Metric">The distance in the loss.</param>
/// <param name="Weighting">lambda, the weight of a pair by its noise level.</param>
/// <param name="Normalise">Whether lambda is scaled to mean 1.</param>
/// <param name="Beta">The weight of the second term of the loss, of clean images.</param>
/// <param name="Noise">Whether those are given noise.</param>
/// <param name="Mask">Whether patches of them are hidden.</param>
/// <param name="Rotate">Whether images are turned.</param>
/// <param name="Crop">Whether images are cropped.</param>
/// <param name="Augmentation">What the target of turned and cropped images is.</param>
/// <param name="Batching">How trajectories are batched.</param>
/// <param name="Pairs">How many pairs are collected.</param>
/// <param name="Levels">N, the levels of the grid.</param>
/// <param name="Solver">The solver.</param>
/// <param name="Coupling">How a trajectory's start belongs to its image.</param>
/// <param name="SigmaAMax">The largest start.</param>
/// <param name="Law">How start and stop are drawn.</param>
/// <param name="N">Steps between start and stop, or null.</param>
/// <param name="Resubdivide">The most new steps between start and stop, or null.</param>
/// <param name="At">c.</param>
/// <param name="Rule">Which level near c.</param>
public sealed record ResidualOptions(
    [Description(OptionWords.Size)] FunctionSize Size = FunctionSize.S,
    [Description(OptionWords.Depth)] FunctionDepth Depth = FunctionDepth.Edm,
    [Description(OptionWords.Output)] FunctionOutput Output = FunctionOutput.Direct,
    [Description(OptionWords.InputScale)] InputScale InputScale = InputScale.Raw,
    [Description(OptionWords.Metric)] ResidualMetric Metric = ResidualMetric.L2,
    [Description("The weight of a pair by its level: snr (1 / sigma^2), p2 (1 / (1 + sigma^2)), constant, p2-raw (sigma^2 / (1 + sigma^2)), snr-min (at most 5), snr-plus-one.")] ResidualWeighting Weighting = ResidualWeighting.Snr,
    [Description("Whether weights are scaled to mean 1 over the law of levels.")] bool Normalise = true,
    [Description("The weight of the loss of augmented clean images.")][Range(0.0, 1000.0)] double Beta = 1,
    [Description("Whether half of these images are given noise of 0.002 to 0.05.")] bool Noise = true,
    [Description("Whether in half of them patches of 4 x 4 pixels, a tenth of the image, are hidden.")] bool Mask = true,
    [Description(OptionWords.Rotate)][Collects] bool Rotate = true,
    [Description(OptionWords.Crop)][Collects] bool Crop = true,
    [Description(OptionWords.Augmentation)][Collects] AugmentationTarget Augmentation = AugmentationTarget.PairedGeometry,
    [Description(OptionWords.Batching)][Collects] PairBatching Batching = PairBatching.Harvest,
    [Description(OptionWords.Pairs)][Range(1, 1_000_000_000)][Collects] int Pairs = 100_000,
    [Description(OptionWords.Levels)][Range(3, 1000)][Collects] int Levels = 18,
    [Description(OptionWords.Solver)][Collects] PairSolver Solver = PairSolver.Heun,
    [Description(OptionWords.Coupling)][Collects] PairCoupling Coupling = PairCoupling.ForwardNoise,
    [Description(OptionWords.SigmaAMax)][Range(0.0, 1e6, MinimumIsExclusive = true)][Collects] double? SigmaAMax = null,
    [Description(OptionWords.Law)][Collects] PairDraw Law = PairDraw.Uniform,
    [Description(OptionWords.N)][Range(1, 998)][Collects] int? N = null,
    [Description(OptionWords.Resubdivide)][Range(1, 1000)][Collects] int? Resubdivide = null,
    [Inference][Description(OptionWords.At)][Range(0.0, 1000.0, MinimumIsExclusive = true)] double At = StopRule.PaperLevel,
    [Inference][Description(OptionWords.Rule)] StopSide Rule = StopSide.AtOrAbove)
{
    internal PairOptions Collected => new(Rotate, Crop, Augmentation, Batching, Pairs, Levels, Solver, Coupling, SigmaAMax, Law, N, Resubdivide);

    internal FunctionShape Shape => new(Size, Depth, Output, InputScale);

    internal StopRule Stop => new(At, Rule);
}

/// <summary>The parameters of <see cref="Distillation"/>. Those of pairs have to be its teacher's for both to learn from one collection.</summary>
/// <param name="Size">Its network's width.</param>
/// <param name="Depth">Its network's depth.</param>
/// <param name="Output">What the network's output is.</param>
/// <param name="InputScale">What the network is given.</param>
/// <param name="Metric">The distance in the loss.</param>
/// <param name="Rotate">Whether images are turned.</param>
/// <param name="Crop">Whether images are cropped.</param>
/// <param name="Augmentation">What the target of turned and cropped images is.</param>
/// <param name="Batching">How trajectories are batched.</param>
/// <param name="Pairs">How many pairs are collected.</param>
/// <param name="Levels">N, the levels of the grid.</param>
/// <param name="Solver">The solver.</param>
/// <param name="Coupling">How a trajectory's start belongs to its image.</param>
/// <param name="SigmaAMax">The largest start.</param>
/// <param name="Law">How start and stop are drawn.</param>
/// <param name="N">Steps between start and stop, or null.</param>
/// <param name="Resubdivide">The most new steps between start and stop, or null.</param>
/// <param name="At">c.</param>
/// <param name="Rule">Which level near c.</param>
public sealed record DistillationOptions(
    [Description(OptionWords.Size)] FunctionSize Size = FunctionSize.S,
    [Description(OptionWords.Depth)] FunctionDepth Depth = FunctionDepth.Edm,
    [Description(OptionWords.Output)] FunctionOutput Output = FunctionOutput.Direct,
    [Description(OptionWords.InputScale)] InputScale InputScale = InputScale.Raw,
    [Description(OptionWords.Metric)] ResidualMetric Metric = ResidualMetric.L2,
    [Description(OptionWords.Rotate)][Collects] bool Rotate = true,
    [Description(OptionWords.Crop)][Collects] bool Crop = true,
    [Description(OptionWords.Augmentation)][Collects] AugmentationTarget Augmentation = AugmentationTarget.PairedGeometry,
    [Description(OptionWords.Batching)][Collects] PairBatching Batching = PairBatching.Harvest,
    [Description(OptionWords.Pairs)][Range(1, 1_000_000_000)][Collects] int Pairs = 100_000,
    [Description(OptionWords.Levels)][Range(3, 1000)][Collects] int Levels = 18,
    [Description(OptionWords.Solver)][Collects] PairSolver Solver = PairSolver.Heun,
    [Description(OptionWords.Coupling)][Collects] PairCoupling Coupling = PairCoupling.ForwardNoise,
    [Description(OptionWords.SigmaAMax)][Range(0.0, 1e6, MinimumIsExclusive = true)][Collects] double? SigmaAMax = null,
    [Description(OptionWords.Law)][Collects] PairDraw Law = PairDraw.Uniform,
    [Description(OptionWords.N)][Range(1, 998)][Collects] int? N = null,
    [Description(OptionWords.Resubdivide)][Range(1, 1000)][Collects] int? Resubdivide = null,
    [Inference][Description(OptionWords.At)][Range(0.0, 1000.0, MinimumIsExclusive = true)] double At = StopRule.PaperLevel,
    [Inference][Description(OptionWords.Rule)] StopSide Rule = StopSide.AtOrAbove)
{
    internal PairOptions Collected => new(Rotate, Crop, Augmentation, Batching, Pairs, Levels, Solver, Coupling, SigmaAMax, Law, N, Resubdivide);

    internal FunctionShape Shape => new(Size, Depth, Output, InputScale);

    internal StopRule Stop => new(At, Rule);
}

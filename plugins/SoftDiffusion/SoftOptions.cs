using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.SoftDiffusion;

/// <summary>What corrupts images beside noise.</summary>
public enum CorruptionKind
{
    /// <summary><see cref="GaussianBlur"/>.</summary>
    Blur,

    /// <summary><see cref="Masking"/> from the borders inwards.</summary>
    MaskWindow,

    /// <summary><see cref="Masking"/> in a random order.</summary>
    MaskPixels,
}

/// <summary>What the network is trained for.</summary>
public enum SoftObjective
{
    /// <summary>Soft Score Matching: the estimate is compared with the clean image after both are corrupted (Eq. 12).</summary>
    Soft,

    /// <summary>The same without the corruption.</summary>
    CleanL2,

    /// <summary>The mean absolute difference from the clean image, as Cold Diffusion (Bansal et al. 2023, Eq. 1) has it.</summary>
    CleanL1,
}

/// <summary>How the level of the corruption grows with t.</summary>
public enum ScheduleKind
{
    /// <summary>Along the shortest path between the distributions of corrupted images (section 3.3).</summary>
    Wasserstein,

    /// <summary>Like the mean squared error of a variance-exploding diffusion (Eq. 45).</summary>
    MseMatching,

    /// <summary>Linearly.</summary>
    Linear,

    /// <summary>As <see cref="Wasserstein"/>, while the noise rises up to the end (appendix F.1.1).</summary>
    ChangingNoise,
}

/// <summary>How candidates for the nodes of a schedule lie.</summary>
public enum CandidateSpacing
{
    /// <summary>Closer together where the corruption is weak.</summary>
    Quadratic,

    /// <summary>Equally far apart.</summary>
    Linear,
}

/// <summary>How far apart the distributions of images at two levels are.</summary>
public enum LevelDistance
{
    /// <summary>The root of the mean squared distance of the same images, which is Wasserstein's 2-distance where corruptions are positive and commute.</summary>
    ClosedForm,

    /// <summary>Sinkhorn's divergence of samples, the paper's estimate.</summary>
    Sinkhorn,
}

/// <summary>What sampling starts from.</summary>
public enum SoftPrior
{
    /// <summary>A training image, corrupted.</summary>
    Empirical,

    /// <summary>A Gaussian that is fitted to what the blur and the noise leave of training images.</summary>
    LowModes,

    /// <summary>One colour with the blur's vignette, fitted to the training images'.</summary>
    Colour,
}

/// <summary>The parameters of <see cref="SoftMethod"/>. Levels and sigma are those of images in [0, 1].</summary>
/// <param name="Corruption">What corrupts images beside noise.</param>
/// <param name="Objective">What the network is trained for.</param>
/// <param name="Schedule">How the corruption grows with t.</param>
/// <param name="SigmaMax">sigma of all but the first part of the schedule.</param>
/// <param name="NoiseShare">t_A: the part of the time in which noise alone grows.</param>
/// <param name="BlurMax">The strongest blur's standard deviation in pixels; null for 0.36 of the larger side.</param>
/// <param name="Kernel">The blur kernel's weights a side, odd; null for twice the larger side and one more.</param>
/// <param name="MaskSoftness">w of <see cref="Masking"/>; null for binary masks and what lies between.</param>
/// <param name="Rings">Groups of pixels that a mask hides one after the other; null for the rings of the image.</param>
/// <param name="Candidates">Levels that nodes are chosen from.</param>
/// <param name="ScheduleImages">Training images that distances are measured on.</param>
/// <param name="Nodes">Levels that the schedule goes through.</param>
/// <param name="Spacing">How the candidates lie.</param>
/// <param name="Distance">What the path is short in.</param>
/// <param name="Prior">What sampling starts from.</param>
public sealed record SoftOptions(
    [Description("What corrupts images beside noise: blur, mask-window (hidden from the borders inwards) or mask-pixels (in a random order).")]
    CorruptionKind Corruption = CorruptionKind.Blur,
    [Description("What the network is trained for: soft (Soft Score Matching), or clean-l2 and clean-l1, which leave the corruption out of the loss.")]
    SoftObjective Objective = SoftObjective.Soft,
    [Description("How the corruption grows with t: wasserstein, mse-matching, linear, or changing-noise (wasserstein, with sigma rising up to the end).")]
    ScheduleKind Schedule = ScheduleKind.Wasserstein,
    [Description("sigma at t = 1, for images in [0, 1]; at t = 0 it is 0.01.")]
    [Range(SoftOptions.SigmaMin, 100)]
    double SigmaMax = 0.1,
    [Description("t_A: the part of the time, from t = 0, in which noise alone grows.")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    double NoiseShare = 0.18,
    [Description("Standard deviation in pixels of the blur at t = 1; below a quarter of a pixel there is none. Left out: 0.36 of the larger side.")]
    [Range(0.25, 10_000)]
    double? BlurMax = null,
    [Description("Weights of the blur's kernel a side, an odd number. Left out: twice the larger side and one more.")]
    [Range(3, 100_000)]
    int? Kernel = null,
    [Description("w of the masks, in ranks from 0 to 1: over how much of the path a pixel fades. Left out: the distance of two rings.")]
    [Range(1e-6, 1)]
    double? MaskSoftness = null,
    [Description("Rings, or groups of random pixels, that a mask hides one after the other; no cell can have fewer evaluations. Left out: the rings of the image.")]
    [Range(1, 1_000_000)]
    int? Rings = null,
    [Description("Levels of the corruption that the nodes of the schedule are chosen from.")]
    [Range(2, 4096)]
    int Candidates = 256,
    [Description("Training images that distances between levels are measured on; all of them if there are fewer.")]
    [Range(16, 65_536)]
    int ScheduleImages = 1024,
    [Description("Levels that the schedule goes through.")]
    [Range(2, 4096)]
    int Nodes = 32,
    [Description("How the candidates lie: quadratic, closer together where the corruption is weak, or linear.")]
    CandidateSpacing Spacing = CandidateSpacing.Quadratic,
    [Description("Distance between levels: closed-form, or sinkhorn, the paper's estimate.")]
    LevelDistance Distance = LevelDistance.ClosedForm,
    [Inference]
    [Description("What sampling starts from: empirical (a training image, corrupted), low-modes (a Gaussian fitted to what the blur leaves) or colour. Masks start from black.")]
    SoftPrior Prior = SoftPrior.Empirical)
{
    /// <summary>sigma at t = 0, for images in [0, 1].</summary>
    internal const double SigmaMin = 0.01;

    // The blur of CelebA at 64 pixels has a standard deviation of 23.
    private const double BlurShare = 0.36;

    /// <summary>The corruption of images of a shape.</summary>
    /// <exception cref="ArgumentException">The kernel is even.</exception>
    internal ILinearCorruption Operator(DataShape shape) => Corruption switch
    {
        CorruptionKind.Blur => Blur(shape.Height, shape.Width),
        CorruptionKind.MaskWindow => new Masking(shape.Height, shape.Width, MaskOrder.Window, Rings, MaskSoftness),
        CorruptionKind.MaskPixels => new Masking(shape.Height, shape.Width, MaskOrder.Pixels, Rings, MaskSoftness),
        _ => throw new InvalidOperationException($"corruption is {Corruption}; expected blur, mask-window or mask-pixels"),
    };

    /// <summary>A schedule through nodes.</summary>
    internal SoftSchedule Through(IEnumerable<double> nodes) =>
        new([.. nodes], SigmaMin, SigmaMax, NoiseShare, Schedule == ScheduleKind.ChangingNoise);

    private GaussianBlur Blur(int height, int width)
    {
        var side = Math.Max(height, width);
        var kernel = Kernel ?? ((2 * side) + 1);
        return kernel % 2 == 1
            ? new(height, width, kernel / 2, BlurMax ?? (BlurShare * side))
            : throw new ArgumentException($"kernel is {kernel}, an even number, and has no middle: give {kernel - 1} or {kernel + 1}.");
    }
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.SoftDiffusion.Analyses;

/// <summary>The parameters of <see cref="ScheduleAnalysis"/>: those of <see cref="SoftOptions"/> that a schedule depends on.</summary>
/// <param name="Corruption">What corrupts images beside noise.</param>
/// <param name="SigmaMax">sigma from t_A on, for images in [0, 1].</param>
/// <param name="NoiseShare">t_A.</param>
/// <param name="BlurMax">The strongest blur.</param>
/// <param name="Kernel">The blur kernel's weights a side.</param>
/// <param name="MaskSoftness">w of <see cref="Masking"/>.</param>
/// <param name="Rings">Groups of pixels that a mask hides one after the other.</param>
/// <param name="Candidates">Levels that nodes are chosen from.</param>
/// <param name="ScheduleImages">Training images that distances are measured on.</param>
/// <param name="Nodes">Levels that the schedule goes through.</param>
/// <param name="Spacing">How the candidates lie.</param>
/// <param name="Distance">What the path is short in.</param>
public sealed record ScheduleOptions(
    [Description("What corrupts images beside noise: blur, mask-window or mask-pixels.")]
    CorruptionKind Corruption = CorruptionKind.Blur,
    [Description("sigma from t_A on, for images in [0, 1].")]
    [Range(SoftOptions.SigmaMin, 100)]
    double SigmaMax = 0.1,
    [Description("t_A: the part of the time, from t = 0, in which noise alone grows.")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    double NoiseShare = 0.18,
    [Description("Standard deviation in pixels of the blur at t = 1. Left out: 0.36 of the larger side.")]
    [Range(0.25, 10_000)]
    double? BlurMax = null,
    [Description("Weights of the blur's kernel a side, an odd number. Left out: twice the larger side and one more.")]
    [Range(3, 100_000)]
    int? Kernel = null,
    [Description("w of the masks, in ranks from 0 to 1. Left out: the distance of two rings.")]
    [Range(1e-6, 1)]
    double? MaskSoftness = null,
    [Description("Rings, or groups of random pixels, that a mask hides one after the other. Left out: the rings of the image.")]
    [Range(1, 1_000_000)]
    int? Rings = null,
    [Description("Levels of the corruption that the nodes are chosen from.")]
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
    LevelDistance Distance = LevelDistance.ClosedForm)
{
    /// <summary>The parameters of a method with this schedule.</summary>
    internal SoftOptions Method => new(
        Corruption, SigmaMax: SigmaMax, NoiseShare: NoiseShare, BlurMax: BlurMax, Kernel: Kernel, MaskSoftness: MaskSoftness, Rings: Rings,
        Candidates: Candidates, ScheduleImages: ScheduleImages, Nodes: Nodes, Spacing: Spacing, Distance: Distance);
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Stf;

/// <summary>The parameters of <see cref="StfMethod"/>.</summary>
/// <param name="Process">The noise schedule with its preconditioning, training levels and weight.</param>
/// <param name="ReferenceBatch">n, the images that a target is averaged over.</param>
/// <param name="MaskLabels">Whether a target averages images of its own class alone.</param>
/// <param name="Chunk">References whose weights are held at once.</param>
public sealed record StfOptions(
    [Description("Noise schedule with its preconditioning, training levels and weight: edm, ve, vp, sub-vp or iddpm.")]
    ProcessKind Process = ProcessKind.Edm,
    [Description("n: the training images that a target is averaged over, the batch among them. Left out: 4096, or the whole training set if it has fewer.")]
    [Range(1, 1_000_000)]
    int? ReferenceBatch = null,
    [Description("Whether a target averages images of its own class alone. Left out: if the task tells the network the class.")]
    bool? MaskLabels = null,
    [Description("References whose weights are held at once: memory against speed, no other effect.")]
    [Range(1, 1_000_000)]
    int Chunk = StableTarget.DefaultChunk);

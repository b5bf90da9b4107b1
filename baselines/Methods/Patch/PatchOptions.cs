using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Baselines;

/// <summary>The parameters of <see cref="PatchMethod"/>.</summary>
/// <param name="RealShare">p, the share of batches with whole images; of the others three fifths have sides of a half, two fifths of a quarter.</param>
public sealed record PatchOptions(
    [Description("The share of batches with whole images.")][Range(0, 1)] double RealShare = 0.5);

namespace Dfx.Compensation;

/// <summary>Rows of a pool.</summary>
/// <param name="X">States on the way down, in the variance-preserving frame [N, C, H, W].</param>
/// <param name="Clean">The images they come from.</param>
/// <param name="Noise">z: one noise a row, all the way.</param>
/// <param name="Sigma">Noise levels [N], float64.</param>
/// <param name="Next">Noise levels one step further down.</param>
/// <param name="Condition">What the task observes of the images, or null.</param>
internal sealed record RolloutRows(torch.Tensor X, torch.Tensor Clean, torch.Tensor Noise, torch.Tensor Sigma, torch.Tensor Next, Condition? Condition);

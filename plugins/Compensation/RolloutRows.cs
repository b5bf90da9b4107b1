namespace Dfx.Compensation;

/// <summary>Rows of a pool, each with its images' shape [C, H, W].</summary>
/// <param name="X">States on the way down, in the variance-preserving frame [N, C, H, W].</param>
/// <param name="Clean">The images they come from.</param>
/// <param name="Noise">z: one noise a row, all the way.</param>
/// <param name="Sigma">Noise levels [N], float64.</param>
/// <param name="Next">Noise levels one step further down.</param>
/// <param name="Condition">What the task observes of the images, or null.</param>
internal sealed record RolloutRows(torch.Tensor X, torch.Tensor Clean, torch.Tensor Noise, torch.Tensor Sigma, torch.Tensor Next, Condition? Condition);

/// <summary>What the main network makes of rows.</summary>
/// <param name="Loss">Its weighted errors, in the graph: any tensor whose mean is the loss.</param>
/// <param name="Eps">Its estimate of the noise, outside of the graph [N, C, H, W].</param>
internal sealed record RolloutEstimate(torch.Tensor Loss, torch.Tensor Eps);

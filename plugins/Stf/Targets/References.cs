namespace Dfx.Stf;

/// <summary>What a target is averaged over. The first rows are the images that were noised.</summary>
/// <param name="Images">Clean images [n, C, H, W].</param>
/// <param name="Labels">Their classes [n], int64, if a target averages its own class alone; otherwise null.</param>
public sealed record References(torch.Tensor Images, torch.Tensor? Labels = null);

namespace Dfx.Metrics.Paired;

/// <summary>Peak signal-to-noise ratio: 10 log10(L^2 / MSE) in decibels.</summary>
internal static class Psnr
{
    /// <summary>Of each image, the MSE being over its channels and pixels.</summary>
    /// <param name="x">Float64 [n, C, H, W].</param>
    /// <param name="y">The same shape.</param>
    /// <param name="range">L, the distance from the least to the largest possible value.</param>
    /// <returns>A new float64 tensor [n]; infinite for equal images.</returns>
    public static torch.Tensor Of(torch.Tensor x, torch.Tensor y, double range)
    {
        using var scope = torch.NewDisposeScope();
        var error = (x - y).square().mean([1L, 2L, 3L]);
        return ((error / (range * range)).log() * (-10 / Math.Log(10))).MoveToOuterDisposeScope();
    }
}

namespace Dfx.Metrics.Paired;

/// <summary>
/// Structural similarity (Wang et al. 2004, "Image Quality Assessment: From Error Visibility to Structural Similarity"): Gaussian window of
/// 11x11 and sigma 1.5, biased local moments, K1 0.01, K2 0.03, where the window fits alone.
/// </summary>
internal static class Ssim
{
    /// <summary>The window's side, and the least side of an image.</summary>
    public const int Window = 11;

    private const double Sigma = 1.5;

    /// <summary>Of each image: the mean of <see cref="Map"/>.</summary>
    /// <inheritdoc cref="Map" path="/param"/>
    /// <returns>A new float64 tensor [n].</returns>
    public static torch.Tensor Of(torch.Tensor x, torch.Tensor y, double range)
    {
        using var scope = torch.NewDisposeScope();
        return Map(x, y, range).mean([1L, 2L, 3L]).MoveToOuterDisposeScope();
    }

    /// <summary>At every place of the window.</summary>
    /// <param name="x">Float64 [n, C, H, W] with sides of at least 11.</param>
    /// <param name="y">The same shape.</param>
    /// <param name="range">L, the distance from the least to the largest possible value.</param>
    /// <returns>A new float64 tensor [n, C, H - 10, W - 10].</returns>
    public static torch.Tensor Map(torch.Tensor x, torch.Tensor y, double range)
    {
        using var scope = torch.NewDisposeScope();
        var (c1, c2) = (Math.Pow(0.01 * range, 2), Math.Pow(0.03 * range, 2));
        var (mx, my) = (Blur(x), Blur(y));
        var (vx, vy, both) = (Blur(x * x) - (mx * mx), Blur(y * y) - (my * my), Blur(x * y) - (mx * my));
        var (above, below) = (((mx * my * 2) + c1) * ((both * 2) + c2), ((mx * mx) + (my * my) + c1) * (vx + vy + c2));
        return (above / below).MoveToOuterDisposeScope();
    }

    private static torch.Tensor Blur(torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        var at = torch.arange(Window, dtype: torch.float64) - (Window / 2);
        var weights = (at.square() / (-2 * Sigma * Sigma)).exp();
        weights = weights / weights.sum();
        var (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var down = torch.nn.functional.conv2d(x.reshape(n * c, 1, h, w), weights.view(1, 1, Window, 1));
        var across = torch.nn.functional.conv2d(down, weights.view(1, 1, 1, Window));
        return across.view(n, c, h - Window + 1, w - Window + 1).MoveToOuterDisposeScope();
    }
}

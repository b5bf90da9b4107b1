using Dfx.Numerics;

namespace Dfx.SoftDiffusion;

/// <summary>
/// Gaussian blur with black beyond the borders (Daras et al. 2023, section 4); levels are standard deviations in pixels. Kernel weights are
/// exp(-d² / (2 b²)), |d| up to the half width, over their sum. A sum that is 1 without what borders cut off makes bright borders darker.
/// </summary>
/// <remarks>
/// The kernel is separable, so a channel X becomes B X B' with matrices B[i, j] = g(|i - j|), one a side: 4 H³ operations a channel in place of
/// the 2 k² H² of a convolution. Weights are computed in float64; products are float32 for float32 images, on CUDA too.
/// </remarks>
/// <param name="height">Of the images, in pixels.</param>
/// <param name="width">Of the images, in pixels.</param>
/// <param name="halfWidth">K: the kernel has 2 K + 1 weights a side; at least 1.</param>
/// <param name="most">The strongest blur in pixels.</param>
/// <param name="least">The weakest, which is none.</param>
public sealed class GaussianBlur(int height, int width, int halfWidth, double most, double least = 0.01) : ILinearCorruption
{
    // The neighbour's weight is exp(-22) = 2e-10, which float32 does not see beside 1.
    private const double Invisible = 0.15;

    /// <inheritdoc/>
    public double Least => least;

    /// <inheritdoc/>
    public double Most => most;

    /// <summary>1: a blur hides no pixel.</summary>
    public int MinSteps => 1;

    /// <summary>Of the images, in pixels.</summary>
    public int Height => height;

    /// <summary>Of the images, in pixels.</summary>
    public int Width => width;

    /// <summary>K.</summary>
    public int HalfWidth => halfWidth;

    /// <inheritdoc/>
    public bool IsIdentity(double level) => level <= Invisible;

    /// <inheritdoc/>
    public double Norm(double level) => IsIdentity(level) ? 1 : SideNorm(level, height) * SideNorm(level, width);

    /// <inheritdoc/>
    public torch.Tensor Apply(torch.Tensor x, torch.Tensor levels)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(levels);
        using var scope = torch.NewDisposeScope();
        using var exact = ExactProducts.On(x.device);
        var rows = Sides(levels, height, x.dtype);
        var columns = height == width ? rows : Sides(levels, width, x.dtype);

        // A row's matrix serves all its channels: those of the right side need no copy of it.
        var right = x.reshape(x.shape[0], -1, width).bmm(columns).view(x.shape);
        return scope.MoveToOuter(rows.unsqueeze(1).matmul(right));
    }

    /// <inheritdoc/>
    public torch.Tensor Apply(torch.Tensor x, double level)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (IsIdentity(level))
        {
            return x.clone();
        }

        using var scope = torch.NewDisposeScope();
        using var exact = ExactProducts.On(x.device);
        var rows = Side(level, height).to(x.dtype).OnDevice(x.device);
        var columns = height == width ? rows : Side(level, width).to(x.dtype).OnDevice(x.device);
        return scope.MoveToOuter(rows.matmul(x.matmul(columns)));
    }

    /// <summary>The matrix B of a side.</summary>
    /// <param name="level">The standard deviation in pixels.</param>
    /// <param name="size">The side's length in pixels.</param>
    /// <returns>A new tensor [size, size], float64, on the CPU; symmetric.</returns>
    internal torch.Tensor Side(double level, int size)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(Sides(torch.tensor(new[] { level }), size, torch.ScalarType.Float64)[0]);
    }

    // B of every row: [N, size, size].
    private torch.Tensor Sides(torch.Tensor levels, int size, torch.ScalarType dtype)
    {
        using var scope = torch.NewDisposeScope();
        var places = torch.arange(size, torch.ScalarType.Int64, levels.device);
        var distances = (places.unsqueeze(1) - places).abs_().clamp_max_(halfWidth + 1);
        return scope.MoveToOuter(Kernels(levels).to(dtype).index_select(1, distances.flatten()).view(-1, size, size));
    }

    // g at distances 0 to K, and 0 behind it: [N, K + 2]. Of an invisible blur it is exactly 1, 0, 0, …
    private torch.Tensor Kernels(torch.Tensor levels)
    {
        var precision = levels.masked_fill(levels.le(Invisible), 0.01).pow_(2).mul_(-2).reciprocal_();
        var squares = torch.arange(halfWidth + 1, torch.ScalarType.Float64, levels.device).pow_(2);
        var weights = (precision.unsqueeze(1) * squares).exp_();
        var sums = (weights.sum(1L, true) * 2) - 1;
        return torch.nn.functional.pad(weights.div_(sums), (0, 1));
    }

    private double SideNorm(double level, int size)
    {
        using var scope = torch.NewDisposeScope();
        return torch.linalg.eigvalsh(Side(level, size)).abs().max().ToDouble();
    }
}

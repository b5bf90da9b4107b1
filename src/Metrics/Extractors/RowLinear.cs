namespace Dfx.Metrics.Extractors;

/// <summary>A linear layer whose rows have the same bits wherever in the batch they stand.</summary>
/// <remarks>
/// BLAS sums the last rows of a product in another order than those before, with some of its kernels (OpenBLAS's for Haswell, say), so that the order of
/// images would move features. A convolution over one pixel is the same layer, and one image's sums do not depend on its neighbours.
/// </remarks>
internal static class RowLinear
{
    /// <summary>x W^T + b.</summary>
    /// <param name="x">[N, K], as <paramref name="weight"/> in dtype and device.</param>
    /// <param name="weight">W, [M, K].</param>
    /// <param name="bias">b, [M]; null for none.</param>
    /// <returns>A new tensor [N, M].</returns>
    public static torch.Tensor Of(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias)
    {
        using var scope = torch.NewDisposeScope();
        return torch.nn.functional.conv2d(x.unsqueeze(-1).unsqueeze(-1), weight.unsqueeze(-1).unsqueeze(-1), bias).flatten(1).MoveToOuterDisposeScope();
    }
}

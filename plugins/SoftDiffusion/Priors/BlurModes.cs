namespace Dfx.SoftDiffusion;

/// <summary>
/// The strongest modes of a blur: those of B X B' are products of eigenvectors of the two sides, and the blur multiplies each one's coefficient by the
/// product of two eigenvalues. Tensors are float64, on the CPU, and belong to the scope that they are made in.
/// </summary>
/// <param name="Rows">Eigenvectors of the vertical side in columns, the strongest first: [H, m].</param>
/// <param name="Columns">Eigenvectors of the horizontal side: [W, n].</param>
/// <param name="Gains">What the blur multiplies coefficients by: [m, n].</param>
internal sealed record BlurModes(torch.Tensor Rows, torch.Tensor Columns, torch.Tensor Gains)
{
    /// <summary>All modes whose coefficients can have a standard deviation above a limit.</summary>
    /// <param name="blur">The blur.</param>
    /// <param name="level">Its level.</param>
    /// <param name="least">The limit, for images in [0, 1].</param>
    internal static BlurModes Of(GaussianBlur blur, double level, double least)
    {
        // Images in [0, 1] have coefficients in a range of √(H W) at most, and a standard deviation of half of it.
        var limit = least / Math.Sqrt((double)blur.Height * blur.Width) * 2;
        var ((rows, first), (columns, second)) = (Side(blur, level, blur.Height), Side(blur, level, blur.Width));
        return Of(rows, first, Count(first, second, limit), columns, second, Count(second, first, limit));
    }

    /// <summary>The strongest mode alone: a vignette.</summary>
    internal static BlurModes First(GaussianBlur blur, double level)
    {
        var ((rows, first), (columns, second)) = (Side(blur, level, blur.Height), Side(blur, level, blur.Width));
        return Of(rows, first, 1, columns, second, 1);
    }

    /// <summary>The coefficients of blurred images.</summary>
    /// <param name="images">Images before the blur [N, C, H, W], in [0, 1], float64.</param>
    /// <returns>[N, C m n].</returns>
    internal torch.Tensor Coefficients(torch.Tensor images) => (Rows.t().matmul(images).matmul(Columns) * Gains).flatten(1);

    private static BlurModes Of(torch.Tensor rows, double[] first, int height, torch.Tensor columns, double[] second, int width) => new(
        rows.narrow(1, 0, height).contiguous(),
        columns.narrow(1, 0, width).contiguous(),
        torch.tensor(first[..height]).unsqueeze(1) * torch.tensor(second[..width]));

    // How many eigenvalues of a side matter beside the other side's largest.
    private static int Count(double[] side, double[] other, double limit) =>
        Math.Max(1, side.Count(gain => Math.Abs(gain * other[0]) > limit));

    // Eigenvectors and eigenvalues, the largest first.
    private static (torch.Tensor Vectors, double[] Gains) Side(GaussianBlur blur, double level, int size)
    {
        var (values, vectors) = torch.linalg.eigh(blur.Side(level, size));
        var order = values.abs().argsort(descending: true);
        return (vectors.index_select(1, order), values.index_select(0, order).data<double>().ToArray());
    }
}

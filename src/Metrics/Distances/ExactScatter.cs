namespace Dfx.Metrics.Distances;

/// <summary>Scatter matrices G - s s^T / n of whole numbers, from their sums s and the sums of their products G, with nothing lost in the difference.</summary>
internal static class ExactScatter
{
    // Rows at once: their 64-bit temporaries stay in a cache.
    private const int Rows = 128;

    /// <summary>
    /// From 64 bits. The numbers are moved by their means rounded to whole ones, m: G - s m^T - m s^T + n m m^T is right modulo 2^64, and so right, since
    /// no scatter is larger than G. What the rounding of the means left, r = s - n m, is r r^T / n, at most n / 4.
    /// </summary>
    /// <param name="count">How many vectors, n.</param>
    /// <param name="sums">s, int64 [D].</param>
    /// <param name="products">G, int64 [D, D], of which the elements right from the diagonal on are read; below 2^62.</param>
    /// <returns>A new float64 tensor [D, D], each number rounded twice.</returns>
    public static torch.Tensor OfOneDigit(long count, torch.Tensor sums, torch.Tensor products)
    {
        using var scope = torch.NewDisposeScope();
        var means = sums.to(torch.float64).div_(count).round().to(torch.int64);
        var rest = sums - (means * count);
        var left = rest.to(torch.float64);
        var scatter = torch.empty(products.shape, dtype: torch.float64);
        for (var first = 0L; first < sums.shape[0]; first += Rows)
        {
            using var step = torch.NewDisposeScope();
            var (rows, columns) = (Math.Min(Rows, sums.shape[0] - first), sums.shape[0] - first);
            var (mean, after) = (means.narrow(0, first, rows).unsqueeze(1), means.narrow(0, first, columns));
            var moved = products.narrow(0, first, rows).narrow(1, first, columns)
                .sub(mean * sums.narrow(0, first, columns)).sub_(rest.narrow(0, first, rows).unsqueeze(1) * after).to(torch.float64);
            moved.sub_(left.narrow(0, first, rows).unsqueeze(1) * (left.narrow(0, first, columns) / count));
            scatter.narrow(0, first, rows).narrow(1, first, columns).copy_(moved);
            var corner = moved.narrow(1, 0, rows).triu();
            scatter.narrow(0, first, rows).narrow(1, first, rows).copy_(corner + corner.triu(1).t());
            scatter.narrow(0, first + rows, columns - rows).narrow(1, first, rows).copy_(moved.narrow(1, rows, columns - rows).t());
        }

        return scatter.MoveToOuterDisposeScope();
    }

    /// <summary>From 128 bits: n G - s s^T, where G is below 2^104 and n at most 2^21.</summary>
    /// <param name="count">How many vectors, n.</param>
    /// <param name="sums">s, [D].</param>
    /// <param name="products">A row of G, its elements right from the diagonal on.</param>
    /// <returns>A new float64 tensor [D, D], each number rounded twice.</returns>
    public static torch.Tensor OfTwoDigits(long count, Int128[] sums, Func<int, Int128[]> products)
    {
        var dimension = sums.Length;
        var values = new double[dimension * dimension];
        for (var i = 0; i < dimension; i++)
        {
            var row = products(i);
            for (var j = i; j < dimension; j++)
            {
                values[(j * dimension) + i] = values[(i * dimension) + j] = (double)((count * row[j]) - (sums[i] * sums[j])) / count;
            }
        }

        return torch.tensor(values, [dimension, dimension]);
    }
}

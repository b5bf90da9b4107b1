namespace Dfx.Metrics.Distances;

/// <summary>Nearest neighbours by Euclidean distance, in blocks of rows: memory does not grow with the product of the sets. All arithmetic is float64.</summary>
internal static class Neighbours
{
    /// <summary>Rows of the first and of the second set whose distances stand in memory at once.</summary>
    public const long Rows = 1000, Columns = 4000;

    /// <summary>For each vector the squared distance to its k-th nearest other vector of the same set.</summary>
    /// <param name="x">float64 [n, D] on the CPU, n above k.</param>
    /// <param name="k">At least 1.</param>
    /// <returns>A new float64 tensor [n].</returns>
    public static torch.Tensor SquaredRadii(torch.Tensor x, int k)
    {
        using var scope = torch.NewDisposeScope();
        List<torch.Tensor> radii = [];
        foreach (var (first, rows) in Blocks(x, Rows))
        {
            // The vector itself is the nearest, at distance 0, so its k-th neighbour is the (k + 1)-th smallest.
            var nearest = Smallest(rows, first, x, k + 1);
            radii.Add(nearest.amax([1L]));
        }

        return torch.cat(radii, 0).MoveToOuterDisposeScope();
    }

    /// <summary>For each vector of one set the squared distance to the nearest of the other.</summary>
    /// <param name="x">float64 [n, D] on the CPU.</param>
    /// <param name="y">float64 [m, D] on the CPU.</param>
    /// <returns>A new float64 tensor [n].</returns>
    public static torch.Tensor SquaredNearest(torch.Tensor x, torch.Tensor y)
    {
        using var scope = torch.NewDisposeScope();
        List<torch.Tensor> nearest = [];
        foreach (var (_, rows) in Blocks(x, Rows))
        {
            using var step = torch.NewDisposeScope();
            var least = torch.full([rows.shape[0]], double.PositiveInfinity, dtype: torch.float64);
            foreach (var (_, others) in Blocks(y, Columns))
            {
                least = least.minimum(Squared(rows, others).amin([1L]));
            }

            nearest.Add(least.MoveToOuterDisposeScope());
        }

        return torch.cat(nearest, 0).MoveToOuterDisposeScope();
    }

    /// <summary>The blocks of a set with the index of their first row.</summary>
    public static IEnumerable<(long First, torch.Tensor Rows)> Blocks(torch.Tensor x, long size)
    {
        for (var first = 0L; first < x.shape[0]; first += size)
        {
            yield return (first, x.narrow(0, first, Math.Min(size, x.shape[0] - first)));
        }
    }

    /// <summary>All squared distances of two blocks: |x|^2 + |y|^2 - 2 x.y, none negative. Vectors near 0 lose fewest digits.</summary>
    /// <returns>A new float64 tensor [n, m].</returns>
    public static torch.Tensor Squared(torch.Tensor x, torch.Tensor y)
    {
        using var scope = torch.NewDisposeScope();
        var (a, b) = (x.square().sum([1L], keepdim: true), y.square().sum(1L));
        return x.mm(y.t()).mul_(-2).add_(a).add_(b).clamp_(0).MoveToOuterDisposeScope();
    }

    private static torch.Tensor Smallest(torch.Tensor rows, long first, torch.Tensor x, int count)
    {
        using var scope = torch.NewDisposeScope();
        var best = torch.full([rows.shape[0], count], double.PositiveInfinity, dtype: torch.float64);
        foreach (var (at, others) in Blocks(x, Columns))
        {
            using var step = torch.NewDisposeScope();
            var squared = Squared(rows, others);
            ClearSelf(squared, first, at);
            best = torch.cat([best, squared], 1).topk(count, 1, largest: false).values.MoveToOuterDisposeScope();
        }

        return best.MoveToOuterDisposeScope();
    }

    // Exactly 0, not the rounding error of a^2 + a^2 - 2 a^2.
    private static void ClearSelf(torch.Tensor squared, long first, long at)
    {
        var (low, high) = (Math.Max(first, at), Math.Min(first + squared.shape[0], at + squared.shape[1]));
        if (low < high)
        {
            squared.narrow(0, low - first, high - low).narrow(1, low - at, high - low).diagonal().fill_(0);
        }
    }
}

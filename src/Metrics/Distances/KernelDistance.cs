using Dfx.Numerics.Noise;

namespace Dfx.Metrics.Distances;

/// <summary>
/// The kernel distance: an unbiased estimate of the squared maximum mean discrepancy under k(x, y) = (x.y / D + 1)^3 (Binkowski et al. 2018,
/// "Demystifying MMD GANs"; Gretton et al. 2012, equation 3). It may be slightly negative. All sums are float64.
/// </summary>
internal static class KernelDistance
{
    // Two blocks of this side and their product stay in the processor's cache.
    private const long Block = 512;

    /// <summary>The sum of k over pairs of different rows of one set, both orders.</summary>
    /// <param name="x">[n, D], on the CPU.</param>
    public static double Within(torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        var rows = x.to(torch.float64);
        var (count, sum) = (rows.shape[0], 0.0);
        for (var first = 0L; first < count; first += Block)
        {
            using var step = torch.NewDisposeScope();
            var block = Part(rows, first);
            var after = rows.narrow(0, first, count - first);

            // On the diagonal block every pair comes twice, beyond it once.
            var own = Kernel(block, block);
            sum += (2 * Sum(block, after, Block)) + (own.sum() - own.trace()).ToDouble();
        }

        return sum;
    }

    /// <summary>The sum of k over all pairs of a row of one set and a row of the other.</summary>
    /// <param name="x">[n, D], on the CPU.</param>
    /// <param name="y">[m, D], on the CPU.</param>
    public static double Between(torch.Tensor x, torch.Tensor y)
    {
        using var scope = torch.NewDisposeScope();
        var (left, right) = (x.to(torch.float64), y.to(torch.float64));
        var sum = 0.0;
        for (var first = 0L; first < left.shape[0]; first += Block)
        {
            using var step = torch.NewDisposeScope();
            sum += Sum(Part(left, first), right, 0);
        }

        return sum;
    }

    /// <summary>For each vector of one set the sum of k over the vectors of the other.</summary>
    /// <param name="x">[n, D], on the CPU.</param>
    /// <param name="y">[m, D], on the CPU.</param>
    /// <returns>A new float64 tensor [n].</returns>
    public static torch.Tensor Rows(torch.Tensor x, torch.Tensor y)
    {
        using var scope = torch.NewDisposeScope();
        var (left, right) = (x.to(torch.float64), y.to(torch.float64));
        var sums = torch.zeros([left.shape[0]], dtype: torch.float64);
        for (var first = 0L; first < left.shape[0]; first += Block)
        {
            using var step = torch.NewDisposeScope();
            var (block, target) = (Part(left, first), Part(sums, first));
            for (var at = 0L; at < right.shape[0]; at += Block)
            {
                using var inner = torch.NewDisposeScope();
                target.add_(Kernel(block, Part(right, at)).sum(1L));
            }
        }

        return sums.MoveToOuterDisposeScope();
    }

    /// <summary>k(x, x) of each vector.</summary>
    /// <param name="x">[n, D], on the CPU.</param>
    /// <returns>A new float64 tensor [n].</returns>
    public static torch.Tensor Diagonal(torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        return ((x.to(torch.float64).square().sum(1L) / (double)x.shape[1]) + 1).pow(3).MoveToOuterDisposeScope();
    }

    /// <summary>The unbiased estimate from the three sums.</summary>
    /// <param name="withinX">The first set's sum over different rows.</param>
    /// <param name="n">Its rows, at least 2.</param>
    /// <param name="withinY">The second set's sum over different rows.</param>
    /// <param name="m">Its rows, at least 2.</param>
    /// <param name="between">The sum over pairs across.</param>
    public static double Combine(double withinX, long n, double withinY, long m, double between) =>
        (withinX / ((double)n * (n - 1))) + (withinY / ((double)m * (m - 1))) - (2 * between / ((double)n * m));

    /// <summary>The estimate from two sets of rows.</summary>
    public static double Of(torch.Tensor x, torch.Tensor y) => Combine(Within(x), x.shape[0], Within(y), y.shape[0], Between(x, y));

    /// <summary>The estimates from random subsets, drawn without replacement from each side: draw 0 of sample s for x, draw 1 for y.</summary>
    /// <param name="x">[n, D], on the CPU.</param>
    /// <param name="y">[m, D], on the CPU.</param>
    /// <param name="subsets">How many.</param>
    /// <param name="size">Rows a subset, at most n and m.</param>
    /// <param name="seed">The seed of the choice.</param>
    public static double[] Subsets(torch.Tensor x, torch.Tensor y, int subsets, int size, ulong seed)
    {
        using var scope = torch.NewDisposeScope();
        var key = NoiseKey.For(seed, "kernel-distance");
        var (left, right) = (x.to(torch.float64), y.to(torch.float64));
        var estimates = new double[subsets];
        for (var s = 0; s < subsets; s++)
        {
            using var step = torch.NewDisposeScope();
            estimates[s] = Of(Chosen(left, key, (uint)s, 0, size), Chosen(right, key, (uint)s, 1, size));
        }

        return estimates;
    }

    private static torch.Tensor Chosen(torch.Tensor rows, NoiseKey key, uint subset, uint draw, int size)
    {
        var order = new int[rows.shape[0]];
        NoiseSource.Permutation(key, subset, draw, order);
        return rows.index_select(0, torch.tensor(order.AsSpan(0, size).ToArray()));
    }

    private static double Sum(torch.Tensor block, torch.Tensor rows, long from)
    {
        var sum = 0.0;
        for (var first = from; first < rows.shape[0]; first += Block)
        {
            using var step = torch.NewDisposeScope();
            sum += Kernel(block, Part(rows, first)).sum().ToDouble();
        }

        return sum;
    }

    private static torch.Tensor Part(torch.Tensor rows, long first) => rows.narrow(0, first, Math.Min(Block, rows.shape[0] - first));

    private static torch.Tensor Kernel(torch.Tensor x, torch.Tensor y) => x.mm(y.t()).div_((double)x.shape[1]).add_(1).pow_(3);
}

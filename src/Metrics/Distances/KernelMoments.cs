namespace Dfx.Metrics.Distances;

/// <summary>
/// What a set of n vectors contributes to any sum of k(x, y) = (x.y / D + 1)^3 over pairs. The cube is expanded into powers of x.y, whose sums
/// are products of moments: sum (x.y)^3 is the inner product of sum x⊗x⊗x and sum y⊗y⊗y, and so on. Time is n D^3 instead of n^2 D.
/// </summary>
/// <param name="Count">n.</param>
/// <param name="Moments">The sums of x [D], x⊗x [D, D] and x⊗x⊗x [D, D, D], one after the other, float64.</param>
/// <param name="Diagonal">The sum of k(x, x).</param>
internal sealed record KernelMoments(long Count, torch.Tensor Moments, double Diagonal)
{
    // Rows whose outer products stand in memory at once.
    private const long Block = 256;

    /// <summary>The moments of a set.</summary>
    /// <param name="features">[n, D] on the CPU; D at most a few hundred, since D^3 numbers are kept.</param>
    public static KernelMoments Of(torch.Tensor features)
    {
        using var scope = torch.NewDisposeScope();
        var rows = features.to(torch.float64);
        var (count, dimension) = (rows.shape[0], rows.shape[1]);
        var third = torch.zeros([dimension * dimension, dimension], dtype: torch.float64);
        for (var first = 0L; first < count; first += Block)
        {
            using var step = torch.NewDisposeScope();
            var block = rows.narrow(0, first, Math.Min(Block, count - first));
            var outer = (block.unsqueeze(2) * block.unsqueeze(1)).view(block.shape[0], dimension * dimension);
            third.add_(outer.t().mm(block));
        }

        var moments = torch.cat([rows.sum(0L), rows.t().mm(rows).flatten(), third.flatten()]);
        var squares = rows.square().sum(1);
        return new(count, moments.MoveToOuterDisposeScope(), ((squares / (double)dimension) + 1).pow(3).sum().ToDouble());
    }

    /// <summary>The sum of k over all pairs of a vector of this set and one of the other.</summary>
    public double Between(KernelMoments other)
    {
        using var scope = torch.NewDisposeScope();
        var products = Moments * other.Moments;
        var dimension = Dimension();
        var (first, second) = (products.narrow(0, 0, dimension), products.narrow(0, dimension, dimension * dimension));
        var third = products.narrow(0, dimension + (dimension * dimension), dimension * dimension * dimension);
        double d = dimension;
        return (third.sum().ToDouble() / (d * d * d)) + (3 * second.sum().ToDouble() / (d * d)) + (3 * first.sum().ToDouble() / d)
            + ((double)Count * other.Count);
    }

    /// <summary>For each of some vectors the sum of k over the vectors of this set.</summary>
    /// <param name="x">[r, D] on the CPU.</param>
    /// <returns>A new float64 tensor [r].</returns>
    public torch.Tensor Rows(torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        var (rows, d) = (x.to(torch.float64), Dimension());
        var second = Moments.narrow(0, d, d * d).view(d, d);
        var third = Moments.narrow(0, d + (d * d), d * d * d).view(d * d, d);
        List<torch.Tensor> sums = [];
        for (var at = 0L; at < rows.shape[0]; at += Block)
        {
            using var step = torch.NewDisposeScope();
            var block = rows.narrow(0, at, Math.Min(Block, rows.shape[0] - at));
            var outer = (block.unsqueeze(2) * block.unsqueeze(1)).view(block.shape[0], d * d);
            var cubes = (outer.mm(third) * block).sum(1L) / ((double)d * d * d);
            var squares = (block.mm(second) * block).sum(1L) * (3.0 / ((double)d * d));
            sums.Add((cubes + squares + (block.mv(Moments.narrow(0, 0, d)) * (3.0 / d)) + (double)Count).MoveToOuterDisposeScope());
        }

        return torch.cat(sums, 0).MoveToOuterDisposeScope();
    }

    /// <summary>The sum of k over pairs of different vectors of this set, both orders.</summary>
    public double Within() => Between(this) - Diagonal;

    // The one D with D + D^2 + D^3 numbers.
    private long Dimension() => (long)Math.Cbrt(Moments.shape[0]);
}

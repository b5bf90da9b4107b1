using Dfx.Metrics.Distances;

namespace Dfx.Metrics.Manifolds;

/// <summary>
/// How generated and real vectors lie in each other's neighbourhoods. A vector's ball reaches to its k-th nearest neighbour in its own set.
/// </summary>
/// <param name="Generated">How many generated vectors, n.</param>
/// <param name="Real">How many real ones, m.</param>
/// <param name="Precise">Generated vectors in at least one real ball (Kynkäänniemi et al. 2019); a ball has its border.</param>
/// <param name="Recalled">Real vectors in at least one generated ball; a ball has its border.</param>
/// <param name="Covered">Real vectors with a generated one inside their own ball (Naeem et al. 2020); a ball is open.</param>
/// <param name="Balls">For each generated vector the number of real balls around it, float64 [n]; a ball is open.</param>
internal sealed record ManifoldOverlap(long Generated, long Real, long Precise, long Recalled, long Covered, torch.Tensor Balls) : IDisposable
{
    /// <summary>Counts, in blocks of rows.</summary>
    /// <param name="generated">[n, D] on the CPU, n above k.</param>
    /// <param name="real">[m, D] on the CPU, m above k.</param>
    /// <param name="k">At least 1.</param>
    public static ManifoldOverlap Of(torch.Tensor generated, torch.Tensor real, int k)
    {
        using var scope = torch.NewDisposeScope();
        var centre = real.to(torch.float64).mean([0L]);
        var (x, y) = (generated.to(torch.float64) - centre, real.to(torch.float64) - centre);
        var (inner, outer) = (Neighbours.SquaredRadii(x, k), Neighbours.SquaredRadii(y, k));
        var (precise, balls) = (torch.zeros([x.shape[0]], dtype: torch.float64), torch.zeros([x.shape[0]], dtype: torch.float64));
        var recalled = torch.zeros([y.shape[0]], dtype: torch.float64);
        var nearest = torch.full([y.shape[0]], double.PositiveInfinity, dtype: torch.float64);
        foreach (var (first, rows) in Neighbours.Blocks(x, Neighbours.Rows))
        {
            foreach (var (at, columns) in Neighbours.Blocks(y, Neighbours.Columns))
            {
                using var step = torch.NewDisposeScope();
                var squared = Neighbours.Squared(rows, columns);
                var radii = outer.narrow(0, at, columns.shape[0]);
                precise.narrow(0, first, rows.shape[0]).add_(squared.le(radii).sum(1L));
                balls.narrow(0, first, rows.shape[0]).add_(squared.lt(radii).sum(1L));
                recalled.narrow(0, at, columns.shape[0]).add_(squared.le(inner.narrow(0, first, rows.shape[0]).unsqueeze(1)).sum([0L]));
                var least = nearest.narrow(0, at, columns.shape[0]);
                least.copy_(least.minimum(squared.amin([0L])));
            }
        }

        return new(x.shape[0], y.shape[0], Positive(precise), Positive(recalled), nearest.lt(outer).sum().ToInt64(), balls.DetachFromDisposeScope());
    }

    /// <summary>Releases the tensor.</summary>
    public void Dispose() => Balls.Dispose();

    private static long Positive(torch.Tensor counts) => counts.gt(0).sum().ToInt64();
}

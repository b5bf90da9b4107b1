using System.Collections.Immutable;

namespace Dfx.SoftDiffusion.Tests.Scheduling;

/// <summary>
/// Images of 32 x 32 pixels with mean 0.45 and covariance 0.06 0.95^|dr| 0.95^|dc|, blurred by kernels of half width 32: distances between levels are
/// sums over products of 32 x 32 matrices, written here from the definition of the blur alone.
/// </summary>
internal static class KnownImages
{
    internal const int Side = 32;
    private const double Mean = 0.45;
    private const double Variance = 0.06;
    private const double Correlation = 0.95;

    internal static ImmutableArray<double> Levels { get; } = [.. Enumerable.Range(0, 256).Select(i => 0.01 + ((18 - 0.01) * i / 255))];

    /// <summary>W of all levels.</summary>
    internal static LevelDistances Distances() => LevelDistances.From(Levels, Between(Levels));

    /// <summary>W of other levels, float64 [levels, levels].</summary>
    internal static torch.Tensor Between(IReadOnlyList<double> levels) => Squares(levels).clamp_min(0).sqrt();

    /// <summary>W of the levels that do something.</summary>
    internal static LevelDistances Kept()
    {
        var all = Distances();
        return all.Among(Candidates.Kept(all));
    }

    /// <summary>E ‖(I - C) x0‖² of a level.</summary>
    internal static double Change(double level) => Squares([0.01, level])[0, 1].ToDouble();

    /// <summary>1024 images whose second moments are those of the distribution.</summary>
    internal static torch.Tensor Images()
    {
        using var scope = torch.NewDisposeScope();
        var moments = (torch.kron(Correlations(), Correlations()) * Variance) + (Mean * Mean);
        return scope.MoveToOuter((torch.linalg.cholesky(moments).t() * Side).reshape(-1, 1, Side, Side));
    }

    /// <summary>W_ij² = 0.06 (q_ii² + q_jj² - 2 q_ij²) + 0.45² (p_ii² + p_jj² - 2 p_ij²), q_ij = tr(B_i R B_j), p_ij = (B_i 1).(B_j 1).</summary>
    private static torch.Tensor Squares(IReadOnlyList<double> levels)
    {
        var blurs = torch.stack(levels.Select(Blur));
        var q = blurs.matmul(Correlations()).flatten(1).mm(blurs.flatten(1).t());
        var p = blurs.sum(-1L).mm(blurs.sum(-1L).t());
        return (Gaps(q.square()) * Variance) + (Gaps(p.square()) * Mean * Mean);
    }

    private static torch.Tensor Gaps(torch.Tensor products) =>
        products.diagonal().unsqueeze(0) + products.diagonal().unsqueeze(1) - (products + products.t());

    private static torch.Tensor Correlations() => Matrix(d => Math.Pow(Correlation, d));

    private static torch.Tensor Blur(double level)
    {
        var whole = Enumerable.Range(-Side, (2 * Side) + 1).Sum(d => Weight(d));
        return Matrix(d => Weight(d) / whole);

        double Weight(int d) => Math.Exp(-d * d / (2 * level * level));
    }

    private static torch.Tensor Matrix(Func<int, double> entry)
    {
        var entries = from i in Enumerable.Range(0, Side) from j in Enumerable.Range(0, Side) select entry(Math.Abs(i - j));
        return torch.tensor(entries.ToArray(), [Side, Side]);
    }
}

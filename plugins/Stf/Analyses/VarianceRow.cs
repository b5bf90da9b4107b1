namespace Dfx.Stf.Analyses;

/// <summary>A quantity at a noise level.</summary>
/// <param name="Time">t in [0, 1].</param>
/// <param name="Sigma">sigma(t).</param>
/// <param name="Quantity">What it is.</param>
/// <param name="References">n, where there is one.</param>
/// <param name="Estimate">Its value; exact where the standard error is 0.</param>
internal sealed record VarianceRow(double Time, double Sigma, string Quantity, long? References, Estimate Estimate)
{
    internal const string Bias = "relative-bias";

    private static readonly AnalysisColumn[] s_columns =
    [
        new("t", "Time in [0, 1]: sigma rises geometrically."),
        new("sigma", "The noise level."),
        new("quantity", "v-dsm, v-stf (variances of the score target), divergence (D), bound-ratio (second to first term of theorem 2's bound); v-dsm-within and v-dsm-between are exact; relative-bias is the squared distance of the mean target from the exact score, by v-dsm."),
        new("n", "Images of the reference batch, for v-stf and relative-bias."),
        new("value", "The value; empty if it is not finite."),
        new("standard-error", "Over noisy states; empty for what is no mean over them."),
        new("relative", "The value by its maximum over all levels, as the published figures show it; empty for relative-bias."),
    ];

    internal static AnalysisTable Table(IReadOnlyList<VarianceRow> rows)
    {
        var highest = rows.GroupBy(r => (r.Quantity, r.References)).ToDictionary(g => g.Key, g => g.Max(r => r.Estimate.Value));
        return new(s_columns, [.. rows.Select(r => r.Cells(highest[(r.Quantity, r.References)]))]);
    }

    private object?[] Cells(double highest) =>
    [
        Time, Sigma, Quantity, References, Finite(Estimate.Value), Estimate.StandardError > 0 ? Finite(Estimate.StandardError) : null,
        Quantity == Bias ? null : Finite(Estimate.Value / highest),
    ];

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

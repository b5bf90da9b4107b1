namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>The table of an analysis, as text.</summary>
/// <param name="Title">What was analysed.</param>
/// <param name="Columns">The names of its columns.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record CurveTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private static readonly string[] s_axes = ["analysis", "dataset", "task", "method"];

    /// <summary>What tells it from other tables.</summary>
    internal IReadOnlyList<string> Labels { get; init; } = [Title];

    internal static CurveTable Of(AnalysisResult analysis) =>
        new(string.Join(" | ", s_axes.Select(analysis.Axis).Where(value => value.Length > 0)), analysis.Columns, analysis.Rows)
        {
            Labels = [.. s_axes.Select(analysis.Axis), analysis.Axis("seed")],
        };
}

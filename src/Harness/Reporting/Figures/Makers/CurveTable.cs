namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>The table of an analysis, as text.</summary>
/// <param name="Title">What was analysed.</param>
/// <param name="Columns">The names of its columns.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record CurveTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

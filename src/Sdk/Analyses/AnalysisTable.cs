namespace Dfx.Sdk;

/// <summary>A table.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows: a cell a column, each a string, a long, a finite double, a bool or null.</param>
public sealed record AnalysisTable(IReadOnlyList<AnalysisColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

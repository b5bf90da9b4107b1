using System.Collections.ObjectModel;

namespace Dfx.Sdk;

/// <summary>A table, with pictures and files that belong to it.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows: a cell a column, each a string, a long, a finite double, a bool or null.</param>
public sealed record AnalysisTable(IReadOnlyList<AnalysisColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>Sheets of pictures, which reports show after the samples.</summary>
    public IReadOnlyList<AnalysisSheet> Sheets { get; init; } = [];

    /// <summary>Texts to keep as files beside the table, by their names: kebab-case with an extension, such as <c>schedule.json</c>.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

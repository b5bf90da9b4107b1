using System.Collections.ObjectModel;

namespace Dfx.Harness.Reporting;

/// <summary>An analysis with its table.</summary>
/// <param name="Axes">dataset, task, analysis, method (<c>data</c> for none) and seed.</param>
/// <param name="Key">Its key.</param>
/// <param name="Status">As of a cell.</param>
/// <param name="Message">What a person needs to know of one that is not ok.</param>
/// <param name="Columns">The table's columns; none if there is no table.</param>
/// <param name="Rows">Its rows: values as <see cref="CsvFile"/> writes them.</param>
internal sealed record AnalysisResult(
    IReadOnlyDictionary<string, string> Axes,
    string Key,
    string Status,
    string? Message,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The file of artifacts that an analysis leaves its table in.</summary>
    internal const string FileName = "table.csv";

    /// <summary>The checksums of its files by their names, as its record has them; none if it is not ok or of an earlier host.</summary>
    internal IReadOnlyDictionary<string, string> Checksums { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>What to say of a file that cannot be read.</summary>
    internal static string Unreadable(string key, string file, string problem) =>
        $"artifacts/{key}/{file} cannot be read ({problem}); run the matrix again, which makes it anew";

    /// <summary>A coordinate; empty if the manifest does not have it.</summary>
    internal string Axis(string name) => Axes.GetValueOrDefault(name, "");
}

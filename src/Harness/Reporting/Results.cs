using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting;

/// <summary>All cells of a results folder: the only input of every exporter. The cells stand in an order of their own, not of the matrix.</summary>
internal sealed record Results(string Matrix, IReadOnlyList<CellRow> Cells)
{
    /// <summary>The label of the method that tables compare the others with; null if there are no cells.</summary>
    internal string? Baseline { get; init; }

    /// <summary>What labels stand for.</summary>
    internal Labels Labels { get; init; } = Labels.None;

    /// <summary>The analyses, in the order of their coordinates.</summary>
    internal IReadOnlyList<AnalysisResult> Analyses { get; init; } = [];

    /// <summary>How many results of how many were taken over from other results folders, by folder.</summary>
    internal IReadOnlyDictionary<string, string> TakenFrom { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads the manifest's cells and their records.</summary>
    /// <param name="folder">The results folder.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="complain">Told of every record that is there but cannot be used; the rest is reported.</param>
    internal static Results Read(ResultsFolder folder, Manifest manifest, Action<string> complain) =>
        new ResultsReader(folder, manifest).Read(complain);
}

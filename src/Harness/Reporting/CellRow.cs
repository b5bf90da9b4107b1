using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting;

/// <summary>A cell of the matrix with what became of it: what every exporter reads.</summary>
/// <param name="Axes">Its coordinates.</param>
/// <param name="Key">Its key.</param>
/// <param name="Status">ok, a failure's status, not-applicable, blocked (a job that it needs failed), unreadable, stale or missing.</param>
/// <param name="Message">What a person needs to know of a cell that is not ok.</param>
/// <param name="Outcome">What was measured; null if nothing was.</param>
/// <param name="Timing">How long it took; null if nothing was measured.</param>
internal sealed record CellRow(
    IReadOnlyDictionary<string, string> Axes,
    string Key,
    string Status,
    string? Message,
    JobOutcome? Outcome,
    JobTiming? Timing)
{
    /// <summary>A coordinate; empty if the manifest does not have it.</summary>
    internal string Axis(string name) => Axes.GetValueOrDefault(name, "");
}

using System.Text.Json.Serialization;

namespace Dfx.Harness.Store;

/// <summary>A job as the manifest lists it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Kind">train, collect, correct, sample, cell or analyse.</param>
/// <param name="Identity">What it is.</param>
/// <param name="Needs">The keys of the jobs that it depends on.</param>
/// <param name="Axes">For a cell, its coordinates, as the columns of the tables have them; for an analysis, what it was made of.</param>
/// <param name="NotApplicable">The reason, if the plan already says that the cell has no meaning.</param>
internal sealed record ManifestJob(
    [property: JsonRequired] string Key,
    [property: JsonRequired] string Kind,
    [property: JsonRequired] string Identity,
    [property: JsonRequired] IReadOnlyList<string> Needs,
    IReadOnlyDictionary<string, string>? Axes = null,
    string? NotApplicable = null)
{
    internal bool IsCell => Kind == "cell";

    internal bool IsSample => Kind == "sample";

    internal bool IsCollection => Kind == "collect";

    internal bool IsAnalysis => Kind == "analyse";
}

namespace Dfx.Harness.Reporting.Claims;

/// <summary>Claims for spreadsheets: one row a comparison, one for a claim without any.</summary>
internal static class ClaimsCsv
{
    internal static IReadOnlyList<string> Header { get; } =
    [
        "claim", "verdict", "says", "place", "holds", "comparison", "expected", "margin", "supports", "effect", "low", "high", "bootstrap-low", "bootstrap-high",
        "seeds", "problem", "scale", "keys",
    ];

    internal static IEnumerable<IEnumerable<string>> Rows(IEnumerable<ClaimResult> results) =>
        results.SelectMany(result => result.Trials.Select(trial => Row(result, trial)).DefaultIfEmpty(Row(result, null)));

    private static IEnumerable<string> Row(ClaimResult result, Trial? trial)
    {
        var effect = trial?.Effect;
        return
        [
            result.Claim.Id, Word(result.Verdict), result.Claim.Says, result.Claim.Place, Word(result.Claim.Holds), trial?.Where ?? "",
            Word((trial?.Expected ?? result.Claim.Expected).Direction), CsvFile.Text(result.Claim.Expected.Margin), trial is null ? "" : Supports(trial),
            CsvFile.Text(effect?.Mean), CsvFile.Text(effect?.Interval?.Low), CsvFile.Text(effect?.Interval?.High),
            CsvFile.Text(trial?.Bootstrap?.Low), CsvFile.Text(trial?.Bootstrap?.High), CsvFile.Text(effect?.Count),
            trial is null ? "nothing measured" : trial.Problem ?? "", trial?.Scale ?? "", string.Join(' ', trial?.Keys ?? []),
        ];
    }

    internal static string Supports(Trial trial) =>
        trial.Supports(Statistics.Interval.Level) ? "yes" : trial.Contradicts(Statistics.Interval.Level) ? "no" : "open";

    internal static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

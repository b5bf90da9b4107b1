using Dfx.Harness.Reporting.Definitions;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>What stands below a paper's table.</summary>
internal static class PaperTableNotes
{
    internal static IReadOnlyList<string> Of(PaperTable table)
    {
        var parts = table.Rows.SelectMany(row => row.Cells).SelectMany(cell => cell.Parts).Select(part => part.Measured).OfType<Measurement>().ToList();
        var (measured, all) = table.Coverage;
        return
        [
            $"{measured} of {all} numbers measured (–: not in the matrix). The column 'paper' is what the paper prints, at its own scale.",
            "± is half of Student's 95 % interval over seeds; a number without it has one seed, or is no metric. Bold: an interval apart from the next best's.",
            .. measured > 0 ? [Choice(table)] : Array.Empty<string>(),
            .. parts.Select(part => part.Row).OfType<LeaderboardRow>().Where(row => row.BeyondSteps is not null).Select(Beyond).Distinct(),
            .. parts.Select(part => part.Column).OfType<MetricColumn>().Distinct().Select(Metric),
        ];
    }

    private static string Beyond(LeaderboardRow row) =>
        $"{row.Axis("method")} with {row.Axis("sampler")} at nfe {row.Axis("nfe")} goes beyond the {row.BeyondSteps} noise levels that it was trained on.";

    private static string Choice(PaperTable table)
    {
        var own = table.Rows.Select(row => row.Leaf.Query.Choose).Concat(table.Columns.Select(column => column.Query.Choose)).SelectMany(choose => choose).DistinctBy(p => p.ToString()).ToList();
        return $"Where several configurations fit, these decide in turn: {string.Join(", ", Preference.Always.Concat(table.Definition.Query.Choose))}{(own.Count == 0 ? "" : $" (of some rows or columns {string.Join(", ", own)})")}.";
    }

    private static string Metric(MetricColumn column) => $"Measured as {LeaderboardNotes.Protocol(column)}";
}

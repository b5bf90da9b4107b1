namespace Dfx.Harness.Reporting;

/// <summary>What stands behind measured numbers, in words.</summary>
internal static class Scale
{
    private const int MostSeeds = 10;
    private const string Evaluations = "evaluations";

    /// <summary>Dataset, samples, steps, batch, seeds and device of some rows; several values of one thing are listed.</summary>
    internal static string Of(IReadOnlyList<LeaderboardRow> rows)
    {
        var seeds = Values(rows.SelectMany(row => row.Measured), "seed").ToList();
        var cells = rows.Select(row => row.Cells[0]).ToList();
        return $"Measured on {Words(cells, "dataset")} with {Words(cells, "samples")} samples a cell, after {Length(cells)} at "
            + $"batch {Words(cells, "batch")}, {SeedText(seeds)}, on {Words(cells, "device")}, {Words(cells, "precision")}.";
    }

    private static string SeedText(List<string> seeds) => seeds.Count switch
    {
        0 => "no seed yet",
        1 => $"one seed ({seeds[0]})",
        <= MostSeeds => $"{seeds.Count} seeds ({string.Join(", ", seeds)})",
        _ => $"{seeds.Count} seeds",
    };

    private static string Length(List<CellRow> cells)
    {
        var (evaluations, steps) = (cells.Where(IsInEvaluations).ToList(), cells.Where(cell => !IsInEvaluations(cell)).ToList());
        string?[] both = [steps.Count > 0 ? $"{Words(steps, "steps")} training steps" : null, evaluations.Count > 0 ? $"{Words(evaluations, Evaluations)} training evaluations" : null];
        return string.Join(" or ", both.OfType<string>());
    }

    private static bool IsInEvaluations(CellRow cell) => cell.Axis(Evaluations).Length > 0;

    private static string Words(IReadOnlyList<CellRow> cells, string axis) => string.Join(" or ", Values(cells, axis));

    private static IEnumerable<string> Values(IEnumerable<CellRow> cells, string axis) => cells
        .DistinctBy(cell => cell.Axis(axis), StringComparer.Ordinal).Order(new AxisOrder(axis)).Select(cell => cell.Axis(axis));

    private sealed class AxisOrder(string axis) : IComparer<CellRow>
    {
        public int Compare(CellRow? x, CellRow? y) => CellOrder.Compare(x!, y!, [axis]);
    }
}

using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>A paper's table with the published and the measured numbers.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Slice">The coordinates that all its measured numbers share, such as the dataset; empty if nothing was measured.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record PaperTable(
    TableDefinition Definition, IReadOnlyDictionary<string, string> Slice, IReadOnlyList<TableLeaf> Columns, IReadOnlyList<PaperRow> Rows)
{
    /// <summary>How many of the numbers that could be measured were.</summary>
    internal (int Measured, int All) Coverage
    {
        get
        {
            var parts = Rows.SelectMany(row => row.Cells).SelectMany(cell => cell.Parts).Where(part => part.Measured is not null).ToList();
            return (parts.Count(part => part.Measured!.Value is not null), parts.Count);
        }
    }
}

/// <summary>A row.</summary>
internal sealed record PaperRow(TableLeaf Leaf, IReadOnlyList<PaperCell> Cells);

/// <summary>Where a row and a column meet.</summary>
/// <param name="Parts">Its numbers: mostly one.</param>
/// <param name="Format">How they stand together; null for one.</param>
internal sealed record PaperCell(IReadOnlyList<PaperPart> Parts, string? Format);

/// <summary>A number.</summary>
/// <param name="Published">As the paper prints it; empty if it does not.</param>
/// <param name="Measured">What was measured; null where nothing is to be.</param>
internal sealed record PaperPart(string Published, Measurement? Measured);

/// <summary>What was measured in one place.</summary>
/// <param name="Row">The configuration; null if there is none, or more than one.</param>
/// <param name="Column">The metric; null if it is none.</param>
/// <param name="Value">The number; null if there is none.</param>
/// <param name="Problem">Why there is none; null if there is.</param>
internal sealed record Measurement(LeaderboardRow? Row, MetricColumn? Column, Estimate? Value, string? Problem);

using Dfx.Harness.Matrix;

namespace Dfx.Harness.Reporting.Definitions;

/// <summary>How good a checkpoint has to be for a number to be taken from it, instead of from the last one.</summary>
/// <param name="Cells">Whose last checkpoint is to be reached, by what differs from the number's own configuration; null for the best of its own checkpoints.</param>
/// <param name="Metric">Patterns of metric names; the first that was measured counts.</param>
/// <param name="Within">By which share the metric may be worse.</param>
internal sealed record Reach(CellQuery? Cells, IReadOnlyList<string> Metric, double Within)
{
    internal static Reach Read(YamlValue value)
    {
        var map = value.Map();
        var reach = new Reach(
            map.Find("cell") is { } cell ? QueryReader.Cells(cell) : null,
            QueryReader.Words(map.Get("metric")),
            map.Read("within", 0.0, share => share.Double(number => number is >= 0 and < 1, "of 0 or more and below 1")));
        map.Finish();
        return reach;
    }
}

namespace Dfx.Harness.Reporting;

/// <summary>The order of cells in tables: by their coordinates, numbers as numbers, then by key. The matrix's order does not matter.</summary>
internal sealed class CellOrder : IComparer<CellRow>
{
    private static readonly string[] s_axes = ["dataset", "task", "nfe", "steps", "evaluations", "method", "correction", "sampler", "ema", "seed"];

    internal static CellOrder Instance { get; } = new();

    public int Compare(CellRow? x, CellRow? y)
    {
        var order = Compare(x!, y!, s_axes);
        return order != 0 ? order : string.CompareOrdinal(x!.Key, y!.Key);
    }

    /// <summary>Many cells in this order: each coordinate is compared once, as one of the few values of its axis.</summary>
    internal static IEnumerable<CellRow> Sort(IReadOnlyCollection<CellRow> cells)
    {
        var ranks = s_axes.Select(axis => Ranks(cells.Select(cell => cell.Axis(axis)))).ToList();
        return cells
            .OrderBy(cell => s_axes.Select((axis, i) => ranks[i][cell.Axis(axis)]).ToArray(), Comparer<int[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))
            .ThenBy(cell => cell.Key, StringComparer.Ordinal);
    }

    private static Dictionary<string, int> Ranks(IEnumerable<string> values) => values
        .Distinct(StringComparer.Ordinal).Order(Comparer<string>.Create(Compare)).Select((value, i) => (value, i)).ToDictionary(pair => pair.value, pair => pair.i, StringComparer.Ordinal);

    /// <summary>Compares by some of the coordinates, in their order.</summary>
    internal static int Compare(CellRow x, CellRow y, IEnumerable<string> axes) =>
        axes.Select(axis => Compare(x.Axis(axis), y.Axis(axis))).FirstOrDefault(order => order != 0);

    /// <summary>Numbers, by their size, before words: an order in which no three texts go round in a circle.</summary>
    private static int Compare(string a, string b)
    {
        if (a == b)
        {
            return 0;
        }

        var order = Number(a).CompareTo(Number(b));
        return order != 0 ? order : string.CompareOrdinal(a, b);
    }

    private static double Number(string text) => Numbers.Of(text) ?? double.PositiveInfinity;
}

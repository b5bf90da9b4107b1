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

    /// <summary>Many cells in this order.</summary>
    internal static IEnumerable<CellRow> Sort(IReadOnlyList<CellRow> cells) =>
        cells.Zip(CellKeys.Of(cells, s_axes)).OrderBy(pair => pair.Second).ThenBy(pair => pair.First.Key, StringComparer.Ordinal).Select(pair => pair.First);

    /// <summary>Compares by some of the coordinates, in their order.</summary>
    internal static int Compare(CellRow x, CellRow y, IEnumerable<string> axes) =>
        axes.Select(axis => Compare(x.Axis(axis), y.Axis(axis))).FirstOrDefault(order => order != 0);

    /// <summary>Numbers, by their size, before words: an order in which no three texts go round in a circle.</summary>
    internal static int Compare(string a, string b)
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

using System.Globalization;

namespace Dfx.Harness.Reporting;

/// <summary>The order of cells in tables: by their coordinates, numbers as numbers, then by key. The matrix's order does not matter.</summary>
internal sealed class CellOrder : IComparer<CellRow>
{
    private static readonly string[] s_axes = ["dataset", "task", "nfe", "steps", "method", "correction", "sampler", "seed"];

    internal static CellOrder Instance { get; } = new();

    public int Compare(CellRow? x, CellRow? y)
    {
        var order = Compare(x!, y!, s_axes);
        return order != 0 ? order : string.CompareOrdinal(x!.Key, y!.Key);
    }

    /// <summary>Compares by some of the coordinates, in their order.</summary>
    internal static int Compare(CellRow x, CellRow y, IEnumerable<string> axes) =>
        axes.Select(axis => Compare(x.Axes[axis], y.Axes[axis])).FirstOrDefault(order => order != 0);

    private static int Compare(string a, string b) =>
        double.TryParse(a, CultureInfo.InvariantCulture, out var x) && double.TryParse(b, CultureInfo.InvariantCulture, out var y)
            ? x.CompareTo(y)
            : string.CompareOrdinal(a, b);
}

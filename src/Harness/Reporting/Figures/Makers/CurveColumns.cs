using System.Collections.Immutable;

namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>Which columns of a table are what in its curves.</summary>
/// <param name="Horizontal">The horizontal axis.</param>
/// <param name="Names">Those that tell the curves apart.</param>
/// <param name="Values">Those that are drawn.</param>
internal sealed record CurveColumns(int Horizontal, IReadOnlyList<int> Names, IReadOnlyList<int> Values)
{
    /// <summary>What the field draws things against, in this order.</summary>
    private static readonly ImmutableArray<string> s_places = ["sigma", "log-snr", "t", "time", "step", "level", "nfe"];

    /// <summary>
    /// The first horizontal axis that leaves something to draw to its right: a numeric column, together with as few columns as needed, from the left,
    /// so that no curve has two values at one place. Null if there is none.
    /// </summary>
    internal static CurveColumns? Of(CurveTable table)
    {
        var numeric = Enumerable.Range(0, table.Columns.Count).Where(i => IsNumeric(table, i)).ToList();
        return numeric
            .OrderBy(i => s_places.IndexOf(table.Columns[i]) is >= 0 and var place ? place : s_places.Length)
            .Select(i => Against(table, numeric, i))
            .FirstOrDefault(columns => columns is { Values.Count: > 0 });
    }

    private static CurveColumns? Against(CurveTable table, List<int> numeric, int x)
    {
        List<int> names = [.. Enumerable.Range(0, table.Columns.Count).Where(i => i != x && !numeric.Contains(i))];
        var more = new Queue<int>(numeric.Where(i => i != x));
        while (!IsFunction(table, x, names))
        {
            if (!more.TryDequeue(out var next))
            {
                return null;
            }

            names.Add(next);
        }

        var several = table.Rows.GroupBy(row => Words(row, names), StringComparer.Ordinal).Any(curve => curve.Count() > 1);
        return several ? new(x, [.. names.Where(i => table.Rows.DistinctBy(row => row[i]).Count() > 1)], [.. more.Where(i => i > x && !IsCompanion(table, i))]) : null;
    }

    /// <summary>
    /// Whether a column only says more about another: <c>error-se</c>, <c>error-low</c> and <c>error-high</c> about <c>error</c>, <c>sigma-high</c>
    /// about <c>sigma-low</c>, <c>standard-error</c> about <c>value</c>.
    /// </summary>
    private static bool IsCompanion(CurveTable table, int column) => table.Columns[column] is var name
        && ((name == "standard-error" && table.Columns.Contains("value"))
            || Follows(table, name, "-se", "") || Follows(table, name, "-low", "") || Follows(table, name, "-high", "") || Follows(table, name, "-high", "-low"));

    private static bool Follows(CurveTable table, string name, string suffix, string first) =>
        name.EndsWith(suffix, StringComparison.Ordinal) && table.Columns.Contains(name[..^suffix.Length] + first);

    private static bool IsNumeric(CurveTable table, int column) =>
        table.Rows.Any(row => row[column].Length > 0) && table.Rows.All(row => row[column].Length == 0 || Numbers.Of(row[column]) is not null);

    private static bool IsFunction(CurveTable table, int x, List<int> names) =>
        table.Rows.DistinctBy(row => (row[x], Words(row, names))).Count() == table.Rows.Count;

    private static string Words(IReadOnlyList<string> row, List<int> columns) => string.Join('\u001f', columns.Select(i => row[i]));
}

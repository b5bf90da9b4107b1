using System.Globalization;

namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>
/// Curves of an analysis' table, such as target variance against sigma or the levels of a schedule: one figure a column of values. Which
/// column is the horizontal axis, and which name the curves, follows from the table: see <see cref="CurveColumns"/>.
/// </summary>
internal static class CurveFigures
{
    private const int MostFigures = 4;

    /// <summary>The figures; none if the table holds no curve.</summary>
    internal static IEnumerable<Figure> Make(CurveTable table) =>
        CurveColumns.Of(table) is { } columns ? columns.Values.Take(MostFigures).Select(value => Make(table, columns, value)).OfType<Figure>() : [];

    private static Figure? Make(CurveTable table, CurveColumns columns, int value)
    {
        var curves = table.Rows
            .GroupBy(row => string.Join(", ", columns.Names.Select(i => Name(table.Columns[i], row[i]))), StringComparer.Ordinal)
            .Select(curve => (curve.Key, Points: Points(curve, columns.Horizontal, value)))
            .Where(curve => curve.Points.Count > 1)
            .ToList();
        if (curves.Count == 0)
        {
            return null;
        }

        var palette = new Palette(curves.Select(curve => curve.Key));
        var points = curves.SelectMany(curve => curve.Points).ToList();
        return new()
        {
            Name = FileNames.Of("analyse", [.. table.Labels, table.Columns[value]]),
            Title = $"{table.Title}: {table.Columns[value]}",
            Caption = $"The table of the analysis, {FigureText.Count(table.Rows.Count, "row")}.",
            Mark = Mark.Line,
            X = Axis.Fit(table.Columns[columns.Horizontal], [.. points.Select(p => p.X)], mayBeLog: !IsTime(table.Columns[columns.Horizontal], points)),
            Y = Axis.Fit(table.Columns[value], [.. points.Select(p => p.Y)]),
            Panels = [new("", [.. curves.Select(curve => new Series(curve.Key.Length > 0 ? curve.Key : table.Columns[value], palette.Of(curve.Key), curve.Points))])],
        };
    }

    /// <summary>Whether it is the time of a process, from 0 to 1, whose lowest level is as good as 0: a logarithmic axis would show little else.</summary>
    private static bool IsTime(string column, List<DataPoint> points) => column is "t" or "time" && points.TrueForAll(p => p.X is >= 0 and <= 1);

    private static List<DataPoint> Points(IEnumerable<IReadOnlyList<string>> rows, int x, int y) =>
    [.. from row in rows
        let place = Numbers.Of(row[x])
        let value = Numbers.Of(row[y])
        where place is not null && value is not null
        orderby place
        select new DataPoint(place.Value, value.Value)];

    /// <summary>Words say what they are themselves; numbers need their column's name.</summary>
    private static string Name(string column, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || value.Length == 0 ? $"{column} {(value.Length == 0 ? "none" : value)}" : value;
}

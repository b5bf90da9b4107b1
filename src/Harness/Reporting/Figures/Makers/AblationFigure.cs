namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>Bars of a metric, one a method and correction, of fully trained models at the largest budget; the whiskers are the intervals.</summary>
internal static class AblationFigure
{
    /// <summary>The figure; null if there is nothing to compare.</summary>
    internal static Figure? Make(MetricGroup group)
    {
        var most = group.Final.Max(m => m.Budget);
        var shown = group.Final.Where(m => m.Budget == most).ToList();
        var labels = new Multiples.Labelling(shown);
        if (labels.Methods < 2)
        {
            return null;
        }

        IReadOnlyList<string> rows = [.. shown.Select(labels.Of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var panels = Multiples.Of(shown, group.Looks, series => [.. series.Select(m => Bar(m, rows.ToList().IndexOf(labels.Of(m))))]);
        var points = panels.SelectMany(panel => panel.Series).SelectMany(series => series.Points).ToList();
        return new()
        {
            Name = group.Name("bars"),
            Title = $"{group.Metric} of each method on {group.Place}",
            Caption = $"{group.Behind}; {(most is null ? "NFE free" : $"NFE {FigureText.Short(most.Value)}")}.",
            Mark = Mark.Bar,
            X = Axis.FromZero(group.AxisTitle, [.. points.SelectMany(p => (double?[])[p.X, p.Low, p.High]).OfType<double>()]),
            Y = Axis.Rows(rows.Count),
            Categories = rows,
            Panels = panels,
        };
    }

    private static DataPoint Bar(Measurement m, int row)
    {
        var point = m.At(row);
        return point with { X = point.Y, Y = row };
    }
}

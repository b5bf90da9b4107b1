namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>A metric against the network evaluations that the host counted, of fully trained models.</summary>
internal static class NfeFigure
{
    /// <summary>The figure; null if no series has two places.</summary>
    internal static Figure? Make(MetricGroup group)
    {
        var panels = Multiples.Of(group.Final, group.Looks, Points);
        if (!panels.Any(panel => panel.Series.Any(series => series.Points.Count > 1)))
        {
            return null;
        }

        return Of(group, "nfe", "", "", panels);
    }

    /// <summary>A figure against NFE.</summary>
    /// <param name="group">What it is of.</param>
    /// <param name="kind">What the names of its files begin with.</param>
    /// <param name="title">What stands behind the title.</param>
    /// <param name="caption">What stands behind the caption.</param>
    /// <param name="panels">What it shows.</param>
    internal static Figure Of(MetricGroup group, string kind, string title, string caption, IReadOnlyList<Panel> panels)
    {
        var points = panels.SelectMany(panel => panel.Series).SelectMany(series => series.Points).ToList();
        return new()
        {
            Name = group.Name(kind),
            Metric = group.Metric,
            Place = $"{group.Place} {group.Apart}",
            Title = $"{group.Metric} against NFE on {group.Place}{title}",
            Caption = $"{group.Behind}. NFE as counted by the host.{caption}",
            Mark = Mark.Line,
            X = Axis.At("NFE (evaluations an image)", [.. points.Select(p => p.X)]),
            Y = Axis.Fit(group.AxisTitle, Extent(points)),
            Panels = panels,
        };
    }

    /// <summary>All values and the ends of their intervals.</summary>
    internal static IReadOnlyList<double> Extent(IEnumerable<DataPoint> points) =>
        [.. points.SelectMany(p => (double?[])[p.Y, p.Low, p.High]).OfType<double>()];

    /// <summary>The points of a series.</summary>
    internal static IReadOnlyList<DataPoint> Points(IReadOnlyList<Measurement> series) =>
        [.. series.Where(m => m.NfeUsed > 0).Select(m => m.At(m.NfeUsed)).OrderBy(p => p.X).ThenBy(p => p.Y)];
}

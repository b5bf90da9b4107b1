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

        var points = panels.SelectMany(panel => panel.Series).SelectMany(series => series.Points).ToList();
        return new()
        {
            Name = group.Name("nfe"),
            Metric = group.Metric,
            Place = $"{group.Place} {group.Apart}",
            Title = $"{group.Metric} against NFE on {group.Place}",
            Caption = $"{group.Behind}. NFE as counted by the host.",
            Mark = Mark.Line,
            X = Axis.At("NFE (evaluations an image)", [.. points.Select(p => p.X)]),
            Y = Axis.Fit(group.AxisTitle, Extent(points)),
            Panels = panels,
        };
    }

    /// <summary>All values and the ends of their intervals.</summary>
    internal static IReadOnlyList<double> Extent(IEnumerable<DataPoint> points) =>
        [.. points.SelectMany(p => (double?[])[p.Y, p.Low, p.High]).OfType<double>()];

    private static IReadOnlyList<DataPoint> Points(IReadOnlyList<Measurement> series) =>
        [.. series.Where(m => m.NfeUsed > 0).Select(m => m.At(m.NfeUsed)).OrderBy(p => p.X).ThenBy(p => p.Y)];
}

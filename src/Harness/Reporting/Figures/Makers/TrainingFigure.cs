namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>A metric against training time: the checkpoints of each method, at the largest budget.</summary>
internal static class TrainingFigure
{
    /// <summary>The figure; null if no series has two checkpoints.</summary>
    internal static Figure? Make(MetricGroup group)
    {
        var most = group.Measurements.Max(m => m.Budget);
        var panels = Multiples.Of([.. group.Measurements.Where(m => m.Budget == most && m.CorrectionCheckpoint >= 1)], group.Looks, Points);
        if (!panels.Any(panel => panel.Series.Any(series => series.Points.Count > 1)))
        {
            return null;
        }

        var points = panels.SelectMany(panel => panel.Series).SelectMany(series => series.Points).ToList();
        return new()
        {
            Name = group.Name("training"),
            Title = $"{group.Metric} against training time on {group.Place}",
            Caption = $"{group.Behind}; {(most is null ? "NFE free" : $"NFE {FigureText.Short(most.Value)}")}. One point a checkpoint; times are the means over the seeds.",
            Mark = Mark.Line,
            X = Axis.Fit("training time (s)", [.. points.Select(p => p.X)]),
            Y = Axis.Fit(group.AxisTitle, NfeFigure.Extent(points)),
            Panels = panels,
        };
    }

    private static IReadOnlyList<DataPoint> Points(IReadOnlyList<Measurement> series) =>
        [.. series.Where(m => m.TrainSeconds > 0).Select(m => m.At(m.TrainSeconds!.Value)).OrderBy(p => p.X).ThenBy(p => p.Y)];
}

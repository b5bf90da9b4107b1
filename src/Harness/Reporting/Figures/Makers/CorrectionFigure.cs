namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>A metric against the training of corrections: their checkpoints on each fully trained model, at the largest budget.</summary>
internal static class CorrectionFigure
{
    /// <summary>The figure; null if no correction has two checkpoints.</summary>
    internal static Figure? Make(MetricGroup group)
    {
        var most = group.Measurements.Max(m => m.Budget);
        var shown = group.FinalModels.Where(m => m.Budget == most).GroupBy(m => (m.Method, m.CorrectionName, m.Sampler, m.Batch))
            .Where(series => series.DistinctBy(m => m.CorrectionCheckpoint).Count() > 1)
            .SelectMany(series => series.Select(m => m with { Correction = m.CorrectionName }));
        var panels = Multiples.Of([.. shown], group.Looks, Points);
        if (panels.Count == 0)
        {
            return null;
        }

        var points = panels.SelectMany(panel => panel.Series).SelectMany(series => series.Points).ToList();
        return new()
        {
            Name = group.Name("correction"),
            Title = $"{group.Metric} against the training of corrections on {group.Place}",
            Caption = $"{group.Behind}; {(most is null ? "NFE free" : $"NFE {FigureText.Short(most.Value)}")}. One point a checkpoint of the correction; the models are trained to the end.",
            Mark = Mark.Line,
            X = Axis.Fit("share of the correction's training", [.. points.Select(p => p.X)]),
            Y = Axis.Fit(group.AxisTitle, NfeFigure.Extent(points)),
            Panels = panels,
        };
    }

    private static IReadOnlyList<DataPoint> Points(IReadOnlyList<Measurement> series) =>
        [.. series.Select(m => m.At(m.CorrectionCheckpoint)).OrderBy(p => p.X).ThenBy(p => p.Y)];
}

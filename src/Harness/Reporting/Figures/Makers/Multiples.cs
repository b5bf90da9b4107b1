namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>Panels of a metric: one a sampler with a series a method; or, of one method alone, one panel with a series a sampler.</summary>
internal static class Multiples
{
    /// <summary>Panels of series.</summary>
    /// <param name="measurements">What they show.</param>
    /// <param name="looks">How it looks.</param>
    /// <param name="points">The points of a series, from its measurements.</param>
    internal static IReadOnlyList<Panel> Of(
        IReadOnlyList<Measurement> measurements, Looks looks, Func<IReadOnlyList<Measurement>, IReadOnlyList<DataPoint>> points)
    {
        var labels = new Labelling(measurements);
        var alone = labels.Methods == 1;
        return [.. measurements
            .GroupBy(m => alone ? "" : m.Sampler, StringComparer.Ordinal)
            .OrderBy(panel => panel.Key, StringComparer.Ordinal)
            .Select(panel => new Panel(labels.Samplers == 1 ? "" : panel.Key, [.. panel
                .GroupBy(m => alone ? m.Sampler : labels.Of(m), StringComparer.Ordinal)
                .OrderBy(series => series.Key, StringComparer.Ordinal)
                .Select(series => new Series(series.Key, alone ? looks.Sampler(series.First()) : looks.Method(series.First()), points([.. series])))
                .Where(series => series.Points.Count > 0)]))
            .Where(panel => panel.Series.Count > 0)];
    }

    /// <summary>The names of series.</summary>
    internal sealed class Labelling(IReadOnlyList<Measurement> measurements)
    {
        private readonly HashSet<string> _severalBatches = [.. measurements
            .GroupBy(m => m.Label, StringComparer.Ordinal).Where(g => g.DistinctBy(m => m.Batch).Count() > 1).Select(g => g.Key)];

        internal int Methods { get; } = measurements.DistinctBy(m => m.Label).Count();

        internal int Samplers { get; } = measurements.DistinctBy(m => m.Sampler).Count();

        internal string Of(Measurement m) => _severalBatches.Contains(m.Label) ? $"{m.Label}, batch {m.Batch}" : m.Label;
    }
}

namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>All figures of a report: pure functions of what was measured.</summary>
internal static class FigureList
{
    /// <summary>More figures than this nobody looks at; a folder of them only costs time.</summary>
    internal const int Most = 200;

    private const int MostLeading = 4;

    /// <param name="results">The results.</param>
    /// <param name="complain">Told of each figure that could not be made.</param>
    internal static IReadOnlyList<Figure> Of(Results results, Action<string> complain) =>
        Of(results, [.. results.Analyses.Where(a => a.Rows.Count > 0).Select(CurveTable.Of)], complain);

    internal static IReadOnlyList<Figure> Of(Results results, IReadOnlyList<CurveTable> tables, Action<string>? complain = null)
    {
        var measurements = Measurement.Of(results);
        var looks = Looks.Of(measurements);
        var figures = MetricGroup.Of(measurements, looks)
            .SelectMany(group => (Func<Figure?>[])[() => BestFigure.Make(group), () => NfeFigure.Make(group), () => TrainingFigure.Make(group), () => CorrectionFigure.Make(group), () => AblationFigure.Make(group)])
            .SelectMany(make => Guarded<Figure>(() => [make()], complain))
            .Concat(tables.SelectMany(table => Guarded<Figure>(() => [.. CurveFigures.Make(table)], complain)));
        return [.. figures.Take(Most)];
    }

    /// <summary>What people look for first: a leaderboard's first metric against NFE, with each method's best sampler where there are several, a figure a dataset and task.</summary>
    internal static IReadOnlyList<Figure> Leading(IReadOnlyList<Figure> figures, Leaderboard board)
    {
        var metric = board.Columns.Count > 0 ? board.Columns[0].Name : null;
        // Of a dataset, task and protocol the figure of the best comes first, if there is one.
        return [.. figures.Where(figure => figure.Metric is not null && figure.Metric == metric).DistinctBy(figure => figure.Place).Take(MostLeading)];
    }

    /// <summary>A fault wall: what cannot be made costs itself alone, never the page.</summary>
    /// <param name="make">Makes it.</param>
    /// <param name="complain">Told of what could not be made; null lets the error through.</param>
    internal static IReadOnlyList<T> Guarded<T>(Func<IReadOnlyList<T?>> make, Action<string>? complain)
        where T : class
    {
        try
        {
            return [.. make().OfType<T>()];
        }
        catch (Exception e) when (complain is not null && e is not OutOfMemoryException)
        {
            complain($"a figure cannot be made: {e.Message.ReplaceLineEndings(" ")}");
            return [];
        }
    }
}

namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>All figures of a report: pure functions of what was measured.</summary>
internal static class FigureList
{
    /// <summary>More figures than this nobody looks at; a folder of them only costs time.</summary>
    internal const int Most = 200;

    internal static IReadOnlyList<Figure> Of(Results results) => Of(results, [.. results.Analyses.Where(a => a.Rows.Count > 0).Select(CurveTable.Of)]);

    internal static IReadOnlyList<Figure> Of(Results results, IReadOnlyList<CurveTable> tables)
    {
        var measurements = Measurement.Of(results);
        var looks = Looks.Of(measurements);
        var figures = MetricGroup.Of(measurements, looks)
            .SelectMany(group => (Figure?[])[NfeFigure.Make(group), TrainingFigure.Make(group), AblationFigure.Make(group)])
            .OfType<Figure>()
            .Concat(tables.SelectMany(CurveFigures.Make));
        return [.. figures.Take(Most)];
    }
}

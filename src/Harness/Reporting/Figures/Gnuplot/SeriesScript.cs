using System.Collections.Immutable;

namespace Dfx.Harness.Reporting.Figures.Gnuplot;

/// <summary>The parts of a plot command that draw a series.</summary>
internal static class SeriesScript
{
    /// <summary>gnuplot's point types: circle, square, triangle, diamond, triangle downwards, open circle, open square.</summary>
    private static readonly ImmutableArray<int> s_points = [7, 5, 9, 13, 11, 6, 4];

    private const int MostPoints = 24;
    private const string Band = "fs transparent solid 0.15 noborder";

    /// <summary>What draws a series.</summary>
    /// <param name="mark">As what.</param>
    /// <param name="series">The series.</param>
    /// <param name="source">File and block of its data.</param>
    internal static IEnumerable<string> Of(Mark mark, Series series, string source) => mark switch
    {
        Mark.Line => Line(series, source),
        Mark.Bar => Bar(series, source),
        _ => Interval(series, source),
    };

    /// <summary>How a series is drawn, and its sample in the legend.</summary>
    internal static string Sample(Mark mark, Series series) => (mark, series.Points.Count) switch
    {
        // Many points are a curve, which its points would hide.
        (Mark.Line, > MostPoints) => $"with lines {Color(series.Style)} {Dashes(series.Style)}",
        (Mark.Line, _) => $"with linespoints {Color(series.Style)} {Dashes(series.Style)} {Points(series.Style)}",
        _ => $"with points {Color(series.Style)} {Points(series.Style)}",
    };

    private static IEnumerable<string> Line(Series series, string source)
    {
        var intervals = series.Points.Count(p => p.Low is not null);
        if (intervals > 0)
        {
            yield return intervals > 1
                ? $"{source} using 1:3:4 with filledcurves {Color(series.Style)} {Band} notitle"
                : $"{source} using 1:2:3:4 with yerrorbars {Color(series.Style)} lw 1 ps 0 notitle";
        }

        yield return $"{source} using 1:2 {Sample(Mark.Line, series)} notitle";
    }

    private static IEnumerable<string> Bar(Series series, string source)
    {
        yield return $"{source} using 1:2:(0):1:($2-0.32):($2+0.32) with boxxyerror {Color(series.Style)} fs solid 0.75 noborder notitle";
        if (series.Points.Any(p => p.Low is not null))
        {
            yield return $"{source} using 1:2:3:4 with xerrorbars lc rgb '#000000' lw 1 pt 7 ps 0 notitle";
        }
    }

    private static IEnumerable<string> Interval(Series series, string source)
    {
        if (series.Points.Any(p => p.Low is not null))
        {
            yield return $"{source} using 1:2:3:4 with xerrorbars {Color(series.Style)} lw 1.5 ps 0 notitle";
        }

        yield return $"{source} using 1:2 {Sample(Mark.Interval, series)} notitle";
    }

    private static string Color(Style style) => $"lc rgb '{style.Color}'";

    private static string Points(Style style) => FormattableString.Invariant($"pt {s_points[style.Shape % s_points.Length]} ps 0.7");

    private static string Dashes(Style style) => FormattableString.Invariant($"dt {(style.Dash % 5) + 1} lw 1.5");
}

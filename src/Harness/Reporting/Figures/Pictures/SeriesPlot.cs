using System.Collections.Immutable;
using ScottPlot;

namespace Dfx.Harness.Reporting.Figures.Pictures;

/// <summary>Draws the series of a figure.</summary>
internal static class SeriesPlot
{
    private const int MostPoints = 24;
    private const float LineWidth = 1.6f;
    private const double BandOpacity = 0.15;
    private const double BarOpacity = 0.75;
    private const double BarSize = 0.64;

    /// <summary>Shapes that look equally large.</summary>
    private static readonly ImmutableArray<(MarkerShape Shape, float Size)> s_shapes =
    [
        (MarkerShape.FilledCircle, 6.5f), (MarkerShape.FilledSquare, 6f), (MarkerShape.FilledTriangleUp, 8f), (MarkerShape.FilledDiamond, 8.5f),
        (MarkerShape.FilledTriangleDown, 8f), (MarkerShape.OpenCircle, 6.5f), (MarkerShape.OpenSquare, 6f),
    ];

    internal static void Add(Plot plot, Figure figure, Series series)
    {
        var points = series.Points.Where(point => double.IsFinite(figure.X.Place(point.X)) && double.IsFinite(figure.Y.Place(point.Y))).ToList();
        switch (figure.Mark)
        {
            case Mark.Line:
                Spread(plot, figure, series, points);
                Coordinates[] places = [.. points.Select(point => new Coordinates(figure.X.Place(point.X), figure.Y.Place(point.Y)))];
                Sample(plot, figure.Mark, series, places, places);
                break;
            case Mark.Bar:
                points.ForEach(point => Bar(plot, figure, series, point));
                Whiskers(plot, figure, points, Colors.Black, 1);
                break;
            default:
                Whiskers(plot, figure, points, Color.FromHex(series.Style.Color), LineWidth);
                Sample(plot, figure.Mark, series, [], [.. points.Select(point => new Coordinates(figure.X.Clamped(point.X), -point.Y))]);
                break;
        }
    }

    /// <summary>A series' line and points, at its data or in the legend.</summary>
    internal static void Sample(Plot plot, Mark mark, Series series, Coordinates[] line, Coordinates[] points)
    {
        var color = Color.FromHex(series.Style.Color);
        if (mark == Mark.Line && line.Length > 1)
        {
            var path = plot.Add.ScatterLine(line, color);
            (path.LineWidth, path.LinePattern) = (LineWidth, new([.. series.Style.Dashes.Select(length => (float)length)], 0, ""));
        }

        // Many points are a curve, which its points would hide.
        if (points.Length > 0 && (mark != Mark.Line || series.Points.Count <= MostPoints))
        {
            var (shape, size) = s_shapes[series.Style.Shape % s_shapes.Length];
            var marks = plot.Add.ScatterPoints(points, color);
            (marks.MarkerShape, marks.MarkerSize, marks.MarkerLineWidth) = (shape, size, shape is MarkerShape.OpenCircle or MarkerShape.OpenSquare ? LineWidth : 0);
        }
    }

    /// <summary>Intervals along a line are a band; one alone is a whisker.</summary>
    private static void Spread(Plot plot, Figure figure, Series series, List<DataPoint> points)
    {
        var color = Color.FromHex(series.Style.Color);
        var spread = points.Where(point => point is { Low: not null, High: not null }).ToList();
        if (spread.Count == 1)
        {
            Whisker(plot, figure.X.Place(spread[0].X), figure.Y.Clamped(spread[0].Low!.Value), figure.X.Place(spread[0].X), figure.Y.Clamped(spread[0].High!.Value), color, 1);
        }
        else if (spread.Count > 1)
        {
            var band = plot.Add.Polygon((Coordinates[])
            [
                .. spread.Select(point => new Coordinates(figure.X.Place(point.X), figure.Y.Clamped(point.High!.Value))),
                .. spread.AsEnumerable().Reverse().Select(point => new Coordinates(figure.X.Place(point.X), figure.Y.Clamped(point.Low!.Value))),
            ]);
            (band.FillColor, band.LineStyle.Width) = (color.WithAlpha(BandOpacity), 0);
        }
    }

    private static void Bar(Plot plot, Figure figure, Series series, DataPoint point)
    {
        var (value, from) = (figure.X.Clamped(point.X), figure.X.Clamped(0));
        var bar = plot.Add.Rectangle(Math.Min(from, value), Math.Max(from, value), -point.Y - (BarSize / 2), -point.Y + (BarSize / 2));
        (bar.FillColor, bar.LineStyle.Width) = (Color.FromHex(series.Style.Color).WithAlpha(BarOpacity), 0);
    }

    private static void Whiskers(Plot plot, Figure figure, List<DataPoint> points, Color color, float width)
    {
        foreach (var point in points)
        {
            if (point is { Low: { } low, High: { } high })
            {
                Whisker(plot, figure.X.Clamped(low), -point.Y, figure.X.Clamped(high), -point.Y, color, width);
            }
        }
    }

    private static void Whisker(Plot plot, double x1, double y1, double x2, double y2, Color color, float width)
    {
        var (x, y, halfX, halfY) = ((x1 + x2) / 2, (y1 + y2) / 2, Math.Abs(x2 - x1) / 2, Math.Abs(y2 - y1) / 2);
        plot.Add.Plottable(new ScottPlot.Plottables.ErrorBar([x], [y], [halfX], [halfX], [halfY], [halfY]) { Color = color, LineWidth = width });
    }
}

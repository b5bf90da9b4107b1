using ScottPlot;

namespace Dfx.Harness.Reporting.Figures.Pictures;

/// <summary>Draws a figure: a plot of ScottPlot's a panel, and one over the whole picture for the names of panels and series.</summary>
internal static class FigurePlot
{
    internal static Picture Of(Figure figure)
    {
        var layout = FigureLayout.Of(figure);
        return new(layout.Width, layout.Height, figure.Title, [.. figure.Panels.Select((_, i) => Panel(figure, layout, i)), Names(figure, layout)]);
    }

    private static Plot Panel(Figure figure, FigureLayout layout, int index)
    {
        var plot = new Plot();
        var (first, last) = (index % layout.Columns == 0, index + layout.Columns >= figure.Panels.Count);
        Axes(plot, figure, layout, first, last);
        if (figure.X.Reference is { } place)
        {
            plot.Add.VerticalLine(figure.X.Place(place), 1, Ink.Frame);
        }

        figure.Panels[index].Series.ToList().ForEach(series => SeriesPlot.Add(plot, figure, series));
        plot.Layout.Fixed(layout.Panel(index));
        return plot;
    }

    private static void Axes(Plot plot, Figure figure, FigureLayout layout, bool first, bool last)
    {
        AxisPlot.Look(plot.Axes.Bottom, last ? layout.TitleX.Text : "", layout.Bottom, Ink.Frame);
        AxisPlot.Look(plot.Axes.Left, first ? layout.TitleY.Text : "", layout.Left, Ink.Frame);
        plot.Axes.Bottom.TickGenerator = AxisPlot.Numbers(figure.X, layout.PanelWidth, text => FigureFont.Width(text));
        plot.Axes.SetLimitsX(figure.X.Place(figure.X.Min), figure.X.Place(figure.X.Max));
        if (figure.IsHorizontal)
        {
            plot.Axes.Left.TickGenerator = AxisPlot.Rows(layout.Names, first);
            plot.Axes.Left.MajorTickStyle.Length = 0;
            plot.Axes.SetLimitsY(-figure.Y.Max, -figure.Y.Min);
        }
        else
        {
            plot.Axes.Left.TickGenerator = AxisPlot.Numbers(figure.Y, layout.PanelHeight, _ => FigureFont.Size);
            plot.Axes.SetLimitsY(figure.Y.Place(figure.Y.Min), figure.Y.Place(figure.Y.Max));
        }

        (plot.Axes.Right.IsVisible, plot.Axes.Top.IsVisible) = (false, false);
        (plot.Grid.MajorLineColor, plot.Grid.MajorLineWidth) = (Ink.Grid, 0.75f);
    }

    /// <summary>The names of the panels above them, and the legend right of all.</summary>
    private static Plot Names(Figure figure, FigureLayout layout)
    {
        var page = new PagePlot(layout.Width, layout.Height);
        for (var i = 0; i < figure.Panels.Count; i++)
        {
            var panel = layout.Panel(i);
            page.Write(TextBlock.Of(figure.Panels[i].Title, layout.PanelWidth), panel.HorizontalCenter, panel.Top - 6, Alignment.LowerCenter);
        }

        for (var i = 0; i < layout.Legend.Count; i++)
        {
            var (x, y) = (layout.LegendX, layout.LegendY(i));
            var (from, to) = (PagePlot.At(x, y + (FigureFont.Line / 2)), PagePlot.At(x + layout.SampleWidth, y + (FigureFont.Line / 2)));
            SeriesPlot.Sample(page.Plot, figure.Mark, figure.Legend[i], [from, to], [new((from.X + to.X) / 2, from.Y)]);
            page.Write(layout.Legend[i], layout.NamesX, y, Alignment.UpperLeft);
        }

        return page.Plot;
    }
}

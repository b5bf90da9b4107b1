using ScottPlot;

namespace Dfx.Harness.Reporting.Figures.Pictures;

/// <summary>Where the panels and the legend of a figure stand, in pixels of 1/96 inch from the upper left. All room for text follows from its width.</summary>
internal sealed record FigureLayout
{
    /// <summary>A tick with the gap to its number.</summary>
    private const double TickRoom = 9;

    private const double Edge = 12;
    private const double Row = 21;
    private const double TitleRoom = 8;
    private const double LegendWidest = 300;
    private const double LegendGap = 2;
    private const double Tallest = 400;
    private const double NamesWidest = 300;

    internal required int Columns { get; init; }

    internal required int Rows { get; init; }

    /// <summary>Of the data alone, without the numbers around it.</summary>
    internal required double PanelWidth { get; init; }

    internal required double PanelHeight { get; init; }

    /// <summary>Room at the left for the title of the axis and its numbers or names.</summary>
    internal required double Left { get; init; }

    /// <summary>Room left of the panels that are not the first of their row.</summary>
    internal required double Gap { get; init; }

    /// <summary>Room right of the last panel, into which half of a number may reach.</summary>
    internal required double Right { get; init; }

    /// <summary>Room below the last row for numbers and the title of the axis.</summary>
    internal required double Bottom { get; init; }

    /// <summary>Room above each panel for its title.</summary>
    internal required double Heading { get; init; }

    /// <summary>The names of the series, one for each of the legend; none without a legend.</summary>
    internal required IReadOnlyList<TextBlock> Legend { get; init; }

    /// <summary>The names of the rows of bars and intervals.</summary>
    internal required IReadOnlyList<TextBlock> Names { get; init; }

    /// <summary>How long the line of a series is in the legend; a point alone needs less.</summary>
    internal required double SampleWidth { get; init; }

    internal required TextBlock TitleX { get; init; }

    internal required TextBlock TitleY { get; init; }

    internal double Width => Math.Ceiling(Left + (Columns * PanelWidth) + ((Columns - 1) * Gap) + Right + LegendWidth);

    internal double Height => Math.Ceiling(Math.Max(
        Edge + (Rows * (PanelHeight + Heading)) + ((Rows - 1) * RowGap) + Bottom, (2 * Edge) + Heading + Tall(Legend)));

    internal double LegendX => Width - LegendWidth + Edge;

    internal double NamesX => LegendX + SampleWidth + TitleRoom;

    private double LegendWidth => Legend.Count == 0 ? 0 : Legend.Max(name => name.Width) + SampleWidth + TitleRoom + (2 * Edge);

    /// <summary>Between the rows of panels: the numbers of the upper one.</summary>
    private static double RowGap => TickRoom + FigureFont.Line + Edge;

    internal static FigureLayout Of(Figure figure)
    {
        var panels = figure.Panels.Count;
        var columns = panels == 4 ? 2 : Math.Min(panels, 3);
        var names = figure.Categories.Select(name => TextBlock.Of(name, NamesWidest)).ToList();
        IReadOnlyList<TextBlock> legend = figure.Mark == Mark.Bar || figure.Legend.Count == 1 ? [] : [.. figure.Legend.Select(series => TextBlock.Of(series.Name, LegendWidest))];
        var (width, height) = (panels == 1 ? 330 : 210, figure.IsHorizontal ? RowsHeight(names) : panels == 1 ? Math.Clamp(Tall(legend), 240, Tallest) : 170);
        var (titleX, titleY) = (TextBlock.Of(figure.X.Title, width), TextBlock.Of(figure.Y.Title, height + RowGap));
        var numbers = figure.IsHorizontal ? 0 : Widest(figure.Y);
        return new()
        {
            Columns = columns,
            Rows = (panels + columns - 1) / columns,
            PanelWidth = width,
            PanelHeight = height,
            Left = Edge + TickRoom + (figure.IsHorizontal ? Math.Ceiling(names.Max(name => name.Width)) : titleY.Height + TitleRoom + numbers),
            Gap = figure.IsHorizontal ? 22 : TickRoom + numbers + Edge,
            Right = Math.Max(Edge, (Widest(figure.X) / 2) + 2),
            Bottom = TickRoom + FigureFont.Line + (titleX.Height > 0 ? (TitleRoom / 2) + titleX.Height : 0),
            Heading = figure.Panels.Max(panel => TextBlock.Of(panel.Title, width).Height) is > 0 and var most ? most + TitleRoom : 0,
            Legend = legend,
            SampleWidth = figure.Mark == Mark.Line ? 36 : 10,
            Names = names,
            TitleX = titleX,
            TitleY = titleY,
        };
    }

    /// <summary>The upper end of a name of the legend, whose first is beside the upper end of the first panel.</summary>
    internal double LegendY(int index) => Edge + Heading + Tall([.. Legend.Take(index)]);

    /// <summary>The data of a panel.</summary>
    internal PixelRect Panel(int index)
    {
        var (column, row) = (index % Columns, index / Columns);
        var left = Left + (column * (PanelWidth + Gap));
        var top = Edge + Heading + (row * (PanelHeight + Heading + RowGap));
        return new((float)left, (float)(left + PanelWidth), (float)(top + PanelHeight), (float)top);
    }

    /// <summary>How high a legend is.</summary>
    private static double Tall(IReadOnlyList<TextBlock> legend) => legend.Sum(name => name.Height + LegendGap);

    private static double RowsHeight(List<TextBlock> names) => Math.Max(70, (names.Count * Math.Max(Row, names.Max(name => name.Height) + 6)) + 10);

    /// <summary>In whole pixels: the frame of a panel that stands between two is blurred.</summary>
    private static double Widest(Axis axis) => axis.Ticks.Select(tick => Math.Ceiling(FigureFont.Width(TickText.Of(tick)))).DefaultIfEmpty(0).Max();
}

namespace Dfx.Harness.Reporting.Figures.Gnuplot;

/// <summary>Where the panels and the legend of a figure stand, in pixels of 1/96 inch from the lower left.</summary>
internal sealed record Layout
{
    private const double Character = 7.2;
    private const double LegendLine = 17;
    private const double LegendSample = 46;
    private const double Row = 21;
    private const double NumberGap = 46;
    private const double TitleGap = 26;
    private const double Bottom = 54;
    private const double Top = 12;
    private const double Right = 14;
    private const int MostCharacters = 56;

    internal required int Columns { get; init; }

    internal required int Rows { get; init; }

    /// <summary>Of the data alone, without the numbers around it.</summary>
    internal required double PanelWidth { get; init; }

    internal required double PanelHeight { get; init; }

    /// <summary>Room at the left for the title of the axis and its numbers or names.</summary>
    internal required double Left { get; init; }

    internal required double LegendWidth { get; init; }

    internal required double LegendHeight { get; init; }

    /// <summary>Room above each panel.</summary>
    internal required double Heading { get; init; }

    /// <summary>Room left of the panels that are not the first of their row.</summary>
    internal required double Gap { get; init; }

    internal double Width => Math.Ceiling(Left + (Columns * PanelWidth) + ((Columns - 1) * Gap) + Right + LegendWidth);

    internal double Height => Math.Ceiling(Math.Max(Bottom + (Rows * (PanelHeight + Heading)) + ((Rows - 1) * TitleGap) + Top, LegendHeight + (2 * Top)));

    internal double LegendX => Width - LegendWidth;

    internal double LegendY => Height - Top - Heading;

    internal static Layout Of(Figure figure)
    {
        var panels = figure.Panels.Count;
        var columns = panels == 4 ? 2 : Math.Min(panels, 3);
        var legend = figure.Mark == Mark.Bar || figure.Legend.Count == 1 ? [] : figure.Legend.Select(series => series.Name.Length).ToList();
        var names = figure.Categories.Select(name => Math.Min(name.Length, MostCharacters)).DefaultIfEmpty(0).Max();
        return new()
        {
            Columns = columns,
            Rows = (panels + columns - 1) / columns,
            PanelWidth = panels == 1 ? 330 : 210,
            PanelHeight = figure.IsHorizontal ? Math.Max(70, (figure.Categories.Count * Row) + 10) : panels == 1 ? 240 : 170,
            Left = figure.IsHorizontal ? (names * Character) + 20 : 76,
            Gap = figure.IsHorizontal ? 22 : NumberGap,
            Heading = panels == 1 && figure.Panels[0].Title.Length == 0 ? 0 : TitleGap,
            LegendWidth = legend.Count == 0 ? 0 : (Math.Min(legend.Max(), MostCharacters) * Character) + LegendSample + 16,
            LegendHeight = legend.Count * LegendLine,
        };
    }

    /// <summary>The data of a panel: left, right, bottom and top.</summary>
    internal (double Left, double Right, double Bottom, double Top) Panel(int index)
    {
        var (column, row) = (index % Columns, index / Columns);
        var left = Left + (column * (PanelWidth + Gap));
        var top = Height - Top - Heading - (row * (PanelHeight + Heading + TitleGap));
        return (left, left + PanelWidth, top - PanelHeight, top);
    }

    /// <summary>A name as it fits into the room for it.</summary>
    internal static string Fitting(string name) => name.Length <= MostCharacters ? name : name[..(MostCharacters - 1)] + "…";
}

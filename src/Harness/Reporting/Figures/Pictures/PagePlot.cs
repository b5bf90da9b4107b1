using ScottPlot;

namespace Dfx.Harness.Reporting.Figures.Pictures;

/// <summary>A plot without axes over a whole picture: what it is given stands at pixels from the upper left.</summary>
internal sealed class PagePlot
{
    internal PagePlot(double width, double height)
    {
        (Width, Height) = (width, height);
        Plot.HideAxesAndGrid();
        Plot.Axes.SetLimits(0, width, -height, 0);
        Plot.Layout.Fixed(new PixelRect(0, (float)width, (float)height, 0));
    }

    internal double Width { get; }

    internal double Height { get; }

    internal Plot Plot { get; } = new();

    internal static Coordinates At(double x, double y) => new(x, -y);

    internal void Write(TextBlock text, double x, double y, Alignment alignment)
    {
        var label = Plot.Add.Text(text.Text, At(x, y));
        FigureFont.Set(label.LabelStyle);
        label.LabelStyle.Alignment = alignment;
    }
}

using ScottPlot;
using ScottPlot.TickGenerators;

namespace Dfx.Harness.Reporting.Figures.Pictures;

/// <summary>Ranges and ticks of a plot's axes. ScottPlot knows no logarithmic axis: it gets the logarithms, and the numbers as texts.</summary>
internal static class AxisPlot
{
    private const double MostDecades = 4;
    private const double LeastGap = 3;

    /// <summary>Where a value stands on ScottPlot's axis; no number for what has no place, such as 0 on a logarithmic one, or what no axis is made for.</summary>
    internal static double Place(this Axis axis, double value) => (axis.IsLog, value) switch
    {
        (_, >= Axis.Largest or <= -Axis.Largest or double.NaN) => double.NaN,
        (true, _) => value > 0 ? Math.Log10(value) : double.NaN,
        _ => value,
    };

    /// <summary>The same, with what lies beyond an end of the axis at that end.</summary>
    internal static double Clamped(this Axis axis, double value) =>
        Place(axis, double.IsNaN(value) ? axis.Min : Math.Clamp(value, axis.Min, axis.Max));

    /// <summary>The ticks of a numeric axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="pixels">Its length.</param>
    /// <param name="size">How much of it the number of a tick takes.</param>
    internal static NumericManual Numbers(Axis axis, double pixels, Func<string, double> size)
    {
        var ticks = new NumericManual();
        var end = double.NegativeInfinity;
        foreach (var tick in axis.Ticks)
        {
            var (text, place) = (TickText.Of(tick), axis.Along(tick) * pixels);
            var half = size(text) / 2;
            var fits = place - half >= end + LeastGap;
            ticks.AddMajor(axis.Place(tick), fits ? text : "");
            end = fits ? place + half : end;
        }

        Minor(axis).ToList().ForEach(tick => ticks.AddMinor(axis.Place(tick)));
        return ticks;
    }

    /// <summary>The names of rows, the first at the top.</summary>
    internal static NumericManual Rows(IReadOnlyList<TextBlock> names, bool named)
    {
        var ticks = new NumericManual();
        for (var i = 0; i < names.Count; i++)
        {
            ticks.AddMajor(-i, named ? names[i].Text : "");
        }

        return ticks;
    }

    /// <summary>The look that both axes have, in a panel of a certain size, so that the title is at its outer edge.</summary>
    internal static void Look(IAxis axis, string title, double size, Color frame)
    {
        FigureFont.Set(axis.Label);
        FigureFont.Set(axis.TickLabelStyle);
        axis.Label.Text = title;
        (axis.MinimumSize, axis.MaximumSize) = ((float)size, (float)size);
        (axis.FrameLineStyle.Color, axis.FrameLineStyle.AntiAlias) = (frame, true);
        foreach (var style in (TickMarkStyle[])[axis.MajorTickStyle, axis.MinorTickStyle])
        {
            (style.Color, style.AntiAlias) = (frame, true);
        }
    }

    /// <summary>Small ticks of a logarithmic axis, without numbers.</summary>
    private static IEnumerable<double> Minor(Axis axis) => !axis.IsLog || Math.Log10(axis.Max / axis.Min) > MostDecades
        ? []
        : Enumerable.Range((int)Math.Floor(Math.Log10(axis.Min)), (int)MostDecades + 2)
            .SelectMany(power => Enumerable.Range(1, 9).Select(digit => AxisTicks.Clean(digit * Math.Pow(10, power))))
            .Where(tick => tick > axis.Min && tick < axis.Max && !axis.Ticks.Contains(tick));
}

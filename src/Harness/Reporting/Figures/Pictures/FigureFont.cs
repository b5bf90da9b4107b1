using ScottPlot;
using SkiaSharp;

namespace Dfx.Harness.Reporting.Figures.Pictures;

/// <summary>The one font of all pictures, which comes with the program: they are the same on a machine without fonts.</summary>
internal static class FigureFont
{
    /// <summary>In pixels of 1/96 inch, as all lengths of a picture.</summary>
    internal const float Size = 12;

    /// <summary>From one line of text to the next.</summary>
    internal const float Line = 15;

    internal static SKTypeface Typeface { get; } = Load();

    /// <summary>ScottPlot puts a text's baseline above the lowest point of the whole font; this lowers it to where its letters end.</summary>
    private static float Drop { get; } = Metrics.Bottom - Metrics.Descent;

    private static SKFontMetrics Metrics
    {
        get
        {
            using var font = new SKFont(Typeface, Size);
            return font.Metrics;
        }
    }

    /// <summary>How wide a line of text is.</summary>
    internal static float Width(string text)
    {
        // As ScottPlot sets its own.
        using var font = new SKFont(Typeface, Size) { Hinting = SKFontHinting.Slight, Subpixel = true };
        return font.MeasureText(text);
    }

    /// <summary>Gives a label the font: a name of one would be looked for among those of the machine.</summary>
    internal static void Set(LabelStyle label)
    {
        (label.Font, label.FontSize, label.LineSpacing, label.Bold) = (Typeface, Size, Line, false);
        (label.ForeColor, label.OffsetY) = (Ink.Text, Drop);
    }

    private static SKTypeface Load()
    {
        using var data = SKData.CreateCopy(Embedded.Bytes("DejaVuSans.ttf"));
        return SKTypeface.FromData(data);
    }
}

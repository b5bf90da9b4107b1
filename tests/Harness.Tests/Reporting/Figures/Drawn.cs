using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Dfx.Data.Images;
using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Pictures;

namespace Dfx.Harness.Tests.Reporting.Figures;

/// <summary>What a picture shows, read from its files without the library that drew them.</summary>
internal static class Drawn
{
    /// <summary>The picture at twice its size.</summary>
    internal static PixelImage Pixels(Figure figure)
    {
        using var picture = FigurePlot.Of(figure);
        return Png.DecodePixels(picture.Png());
    }

    /// <summary>The pixels of a colour, but for rounding, as their middles in pixels of 1/96 inch.</summary>
    internal static List<(double X, double Y)> Of(PixelImage image, string color)
    {
        var rgb = Convert.FromHexString(color[1..]);
        return [.. Enumerable.Range(0, image.Width * image.Height)
            .Where(i => Enumerable.Range(0, 3).All(channel => Math.Abs(image.Pixels.Span[(i * image.Channels) + channel] - rgb[channel]) <= 1))
            .Select(i => (((i % image.Width) + 0.5) / 2, ((i / image.Width) + 0.5) / 2))];
    }

    /// <summary>Whether nothing reaches the edge, where it would be cut off.</summary>
    internal static bool HasMargin(PixelImage image) => Enumerable.Range(0, image.Width * image.Height)
        .Where(i => i % image.Width is var x && i / image.Width is var y && (x == 0 || y == 0 || x == image.Width - 1 || y == image.Height - 1))
        .All(i => image.Pixels.Span.Slice(i * image.Channels, 3).SequenceEqual((byte[])[255, 255, 255]));

    /// <summary>The lines of text with the places of their first and last letter; those that are turned have their middle.</summary>
    internal static List<DrawnText> Texts(Picture picture)
    {
        var svg = XDocument.Parse(Encoding.UTF8.GetString(picture.Svg()));
        return [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(Text)];
    }

    internal static List<DrawnText> Texts(Figure figure)
    {
        using var picture = FigurePlot.Of(figure);
        return Texts(picture);
    }

    private static DrawnText Text(XElement element)
    {
        var transform = element.Attribute("transform")!.Value;
        var place = Numbers(transform[(transform.IndexOf('(', StringComparison.Ordinal) + 1)..^1]);
        var turned = place.Count > 2;
        var (x, y) = (Numbers(element.Attribute("x")!.Value), Numbers(element.Attribute("y")!.Value));
        return turned
            ? new(element.Value.Trim(), true, place[^2], place[^2], place[^1])
            : new(element.Value.Trim(), false, place[0] + x[0], place[0] + x[^1], place[1] + y[0]);
    }

    private static List<double> Numbers(string text) =>
        [.. text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}

/// <summary>A line of text.</summary>
/// <param name="Text">What it says.</param>
/// <param name="IsTurned">Whether it is drawn upwards.</param>
/// <param name="Left">Where its first letter begins.</param>
/// <param name="Right">Where its last letter begins.</param>
/// <param name="Y">Its baseline.</param>
internal sealed record DrawnText(string Text, bool IsTurned, double Left, double Right, double Y);

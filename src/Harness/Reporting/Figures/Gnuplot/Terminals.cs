using System.Globalization;

namespace Dfx.Harness.Reporting.Figures.Gnuplot;

/// <summary>What gnuplot draws on: SVG and PDF for papers, PNG at twice the size for slides. Fonts have the same size relative to the figure.</summary>
internal static class Terminals
{
    private const double PixelsAnInch = 96;

    /// <summary>The comment of a script: how to draw it again.</summary>
    internal static IEnumerable<string> Heading(string name, double width, double height) =>
    [
        "# Drawn by Dfx. To draw it again, in this folder:",
        $"# gnuplot -e \"{Of("pdf", width, height)}; set output '{name}.pdf'\" {name}.gp",
    ];

    /// <summary>The commands that draw a script as all three kinds of picture.</summary>
    /// <param name="file">The figure's files.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    internal static IEnumerable<string> Draw(FigureFile file, double width, double height) => FigureFile.Pictures.SelectMany(kind => (string[])
    [
        Of(kind, width, height),
        $"set output {Words.Quote(Path.GetFileName(file.Draft(kind)))}",
        $"load {Words.Quote(file.Name + ".gp")}",
        "set output",
    ]);

    private static string Of(string kind, double width, double height) => kind switch
    {
        "svg" => $"set terminal svg size {Words.Pixels(width)},{Words.Pixels(height)} font 'sans-serif,12' background '#ffffff'",
        "png" => $"set terminal pngcairo size {Words.Pixels(2 * width)},{Words.Pixels(2 * height)} font 'sans,9' fontscale 2 linewidth 2 pointscale 2",
        _ => $"set terminal pdfcairo size {Inches(width)}in,{Inches(height)}in font 'sans,9' fontscale 0.74 linewidth 1.6 pointscale 1",
    };

    private static string Inches(double pixels) => (pixels / PixelsAnInch).ToString("0.###", CultureInfo.InvariantCulture);
}

using Dfx.Data.Images;
using Dfx.Harness.Reporting.Figures.Gnuplot;

namespace Dfx.Harness.Reporting.Figures.Samples;

/// <summary>A sheet with its names at the edges, for gnuplot to draw around the image.</summary>
internal static class SheetDrawing
{
    private const double Scale = 0.5;
    private const double Character = 7.2;
    private const double Edge = 10;
    private const double Line = 20;

    /// <summary>The drawing of a sheet with at least one image.</summary>
    internal static Drawing Of(SampleSheet sheet)
    {
        var picture = new SheetPicture(sheet);
        var left = (sheet.Rows.Max(row => Layout.Fitting(row.Name).Length) * Character) + (2 * Edge);
        var top = Edge + (sheet.ColumnTitle.Length > 0 ? 2 * Line : Line);
        var (width, height) = (Math.Ceiling(left + (picture.Width * Scale) + Edge), Math.Ceiling(top + (picture.Height * Scale) + Edge));
        var script = string.Join('\n', Script(sheet, picture, left, top, width, height)) + "\n";
        return new(sheet.Name, width, height, script, new Dictionary<string, byte[]> { ["sheet.png"] = Png.Encode(picture.Compose()) });
    }

    private static IEnumerable<string> Script(SampleSheet sheet, SheetPicture picture, double left, double top, double width, double height) =>
    [
        .. Terminals.Heading(sheet.Name, width, height),
        "reset",
        "set encoding utf8",
        $"set lmargin at screen {Words.Part(left, width)}",
        $"set rmargin at screen {Words.Part(left + (picture.Width * Scale), width)}",
        $"set tmargin at screen {Words.Part(height - top, height)}",
        $"set bmargin at screen {Words.Part(Edge, height)}",
        "unset border; unset key; unset xtics; unset ytics",
        $"set xrange [0:{Words.Pixels(picture.Width)}]; set yrange [0:{Words.Pixels(picture.Height)}]",
        .. sheet.Rows.Select((row, i) =>
            $"set label {Words.Quote(Layout.Fitting(row.Name))} at screen {Words.Part(left - Edge, width)}, first {FigureText.Exact(picture.Height - picture.RowMiddle(i))} right noenhanced"),
        .. sheet.Columns.Select((column, i) =>
            $"set label {Words.Quote(column)} at first {FigureText.Exact(picture.ColumnMiddle(i))}, screen {Words.Part(height - top + (Line / 2), height)} center noenhanced"),
        .. sheet.ColumnTitle.Length == 0 ? [] : (string[])
            [$"set label {Words.Quote(sheet.ColumnTitle)} at first {FigureText.Exact(picture.Width / 2.0)}, screen {Words.Part(height - top + (Line * 1.5), height)} center noenhanced"],
        $"plot '{sheet.Name}.sheet.png' binary filetype=png using 1:2:3 with rgbimage",
    ];
}

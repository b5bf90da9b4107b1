using Dfx.Data.Images;
using Dfx.Harness.Reporting.Figures.Pictures;
using ScottPlot;

namespace Dfx.Harness.Reporting.Figures.Samples;

/// <summary>A sheet with its names at the edges.</summary>
internal static class SheetDrawing
{
    private const double LeastScale = 0.5;
    private const double Edge = 10;
    private const double NamesWidest = 300;
    private const double ColumnsWidest = 60;

    /// <summary>The drawing of a sheet with at least one image.</summary>
    internal static Drawing Of(SampleSheet sheet)
    {
        var picture = new SheetPicture(sheet);
        var encoded = new Lazy<byte[]>(() => Png.Encode(picture.Compose()));
        return new(sheet.Name, new Dictionary<string, Func<byte[]>> { ["sheet.png"] = () => encoded.Value }, () => Draw(sheet, picture, encoded.Value));
    }

    private static Picture Draw(SampleSheet sheet, SheetPicture picture, byte[] encoded)
    {
        var names = sheet.Rows.Select(row => TextBlock.Of(row.Name, NamesWidest)).ToList();
        var columns = sheet.Columns.Select(column => TextBlock.Of(column, Math.Max(ColumnsWidest, picture.CellWidth * LeastScale))).ToList();

        // Images that are smaller than their names are enlarged.
        var scale = Math.Max(LeastScale, Math.Max(columns.Max(column => column.Width) / picture.CellWidth, names.Max(name => name.Height) / picture.CellHeight));
        var heading = columns.Max(column => column.Height) + (sheet.ColumnTitle.Length > 0 ? FigureFont.Line : 0);
        var (left, top) = (Math.Ceiling(names.Max(name => name.Width) + (2 * Edge)), Edge + heading + 4);
        var (right, bottom) = (left + (picture.Width * scale), top + (picture.Height * scale));
        var page = new PagePlot(Math.Ceiling(right + Edge), Math.Ceiling(bottom + Edge));
        page.Write(new([sheet.ColumnTitle]), (left + right) / 2, Edge, Alignment.UpperCenter);
        for (var i = 0; i < columns.Count; i++)
        {
            page.Write(columns[i], left + (picture.ColumnMiddle(i) * scale), top - 4, Alignment.LowerCenter);
        }

        for (var i = 0; i < names.Count; i++)
        {
            page.Write(names[i], left - Edge, top + (picture.RowMiddle(i) * scale), Alignment.MiddleRight);
        }

        using var image = new Image(encoded);
        page.Plot.Add.ImageRect(image, new(PagePlot.At(left, top), PagePlot.At(right, bottom))).AntiAlias = false;
        return new(page.Width, page.Height, sheet.Title, [page.Plot]);
    }
}

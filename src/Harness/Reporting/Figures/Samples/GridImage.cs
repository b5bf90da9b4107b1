using Dfx.Data.Images;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting.Figures.Samples;

/// <summary>The grid of images that a cell keeps: 8 to a row.</summary>
internal static class GridImage
{
    private const int Across = 8;

    /// <summary>The upper left part of a cell's grid; null if it cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="samples">How many samples the cell has, of which the first 64 are in the grid.</param>
    /// <param name="columns">Images a row to take.</param>
    /// <param name="rows">Rows to take.</param>
    internal static PixelImage? Corner(string path, int samples, int columns, int rows)
    {
        var shown = Math.Clamp(samples, 1, Across * Across);
        var (across, down) = (Math.Min(Across, shown), (shown + Across - 1) / Across);
        return Read(path) is { } grid && grid.Width >= across && grid.Height >= down
            ? grid.Crop(0, 0, grid.Width / across * Math.Min(columns, across), grid.Height / down * Math.Min(rows, down))
            : null;
    }

    /// <summary>One column of a grid with an image a row, laid down as a strip; null if it cannot be read or has no such column.</summary>
    /// <param name="path">The file.</param>
    /// <param name="samples">How many samples the cell has, of which the first 8 have a row.</param>
    /// <param name="width">Of an image with its padding.</param>
    /// <param name="column">Which column, counted from the left.</param>
    internal static PixelImage? Column(string path, int samples, int width, int column)
    {
        if (Read(path) is not { } grid || grid.Width < (column + 1) * width)
        {
            return null;
        }

        var rows = Math.Clamp(samples, 1, Across);
        var height = grid.Height / rows;
        return SheetPicture.Beside([.. Enumerable.Range(0, rows).Select(row => grid.Crop(column * width, row * height, width, height))]);
    }

    private static PixelImage? Read(string path)
    {
        try
        {
            return Png.DecodePixels(File.ReadAllBytes(RegularFile.Checked(path)));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using Dfx.Data.Images;

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
        try
        {
            var grid = Png.DecodePixels(File.ReadAllBytes(path));
            var shown = Math.Clamp(samples, 1, Across * Across);
            var (across, down) = (Math.Min(Across, shown), (shown + Across - 1) / Across);
            return grid.Crop(0, 0, grid.Width / across * Math.Min(columns, across), grid.Height / down * Math.Min(rows, down));
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using Dfx.Data.Images;

namespace Dfx.Harness.Reporting.Figures.Samples;

/// <summary>A sheet as one image on white, its parts at places that follow from the largest.</summary>
/// <param name="sheet">The sheet, with at least one image.</param>
internal sealed class SheetPicture(SampleSheet sheet)
{
    private const int Gap = 10;
    private const byte White = 255;

    private readonly List<PixelImage> _all = [.. sheet.Rows.SelectMany(row => row.Images).OfType<PixelImage>()];

    internal int CellWidth => _all.Max(image => image.Width);

    internal int CellHeight => _all.Max(image => image.Height);

    internal int Width => (sheet.Columns.Count * (CellWidth + Gap)) - Gap;

    internal int Height => (sheet.Rows.Count * (CellHeight + Gap)) - Gap;

    /// <summary>The middle of a column, from the left.</summary>
    internal double ColumnMiddle(int column) => (column * (CellWidth + Gap)) + (CellWidth / 2.0);

    /// <summary>The middle of a row, from the top.</summary>
    internal double RowMiddle(int row) => (row * (CellHeight + Gap)) + (CellHeight / 2.0);

    /// <summary>The image; RGB if any part is.</summary>
    internal PixelImage Compose()
    {
        var channels = _all.Max(image => image.Channels);
        var pixels = new byte[Width * Height * channels];
        Array.Fill(pixels, White);
        for (var row = 0; row < sheet.Rows.Count; row++)
        {
            for (var column = 0; column < sheet.Rows[row].Images.Count; column++)
            {
                if (sheet.Rows[row].Images[column] is { } image)
                {
                    Paste(pixels, Width, image, channels, column * (CellWidth + Gap), row * (CellHeight + Gap));
                }
            }
        }

        return new(Width, Height, channels, pixels);
    }

    /// <summary>Images of one size and kind without a gap between them.</summary>
    internal static PixelImage Beside(IReadOnlyList<PixelImage> images)
    {
        var (width, height, channels) = (images.Count * images[0].Width, images[0].Height, images[0].Channels);
        var pixels = new byte[width * height * channels];
        for (var i = 0; i < images.Count; i++)
        {
            Paste(pixels, width, images[i], channels, i * images[0].Width, 0);
        }

        return new(width, height, channels, pixels);
    }

    private static void Paste(byte[] target, int width, PixelImage image, int channels, int x, int y)
    {
        var source = image.Pixels.Span;
        for (var row = 0; row < image.Height; row++)
        {
            for (var i = 0; i < image.Width * channels; i++)
            {
                var pixel = (row * image.Width) + (i / channels);
                target[((((y + row) * width) + x) * channels) + i] = source[(pixel * image.Channels) + (image.Channels == 1 ? 0 : i % channels)];
            }
        }
    }
}

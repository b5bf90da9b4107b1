namespace Dfx.Data.Images;

/// <summary>Many images in one.</summary>
public static class ImageGrid
{
    private const int White = 255;

    /// <summary>Puts images into rows, from left to right, on white; places without an image stay white.</summary>
    /// <param name="images">uint8 [N, C, H, W], at least one, on any device.</param>
    /// <param name="columns">Images a row, at least 1; no more are used than there are images.</param>
    /// <param name="padding">White pixels around each image, before scaling, at least 0.</param>
    /// <param name="scale">By which whole number every pixel is enlarged, at least 1.</param>
    /// <returns>A new uint8 CPU tensor [C, H', W'].</returns>
    /// <exception cref="ArgumentException">The tensor has another shape or dtype, or a number is too small.</exception>
    public static torch.Tensor Compose(torch.Tensor images, int columns, int padding = 1, int scale = 1)
    {
        Check(images, columns, padding, scale);
        using var scope = torch.NewDisposeScope();
        var (count, channels) = (images.shape[0], images.shape[1]);
        var across = Math.Min(columns, count);
        var down = (count + across - 1) / across;
        var (height, width) = (images.shape[2] + padding, images.shape[3] + padding);

        // Each cell has its padding above and to the left; the right and lower edges are added around the whole.
        var cells = torch.full([down * across, channels, height, width], White, dtype: torch.uint8);
        using var target = cells.narrow(0, 0, count).narrow(2, padding, images.shape[2]).narrow(3, padding, images.shape[3]);
        target.copy_(images.cpu());
        var rows = cells.view(down, across, channels, height, width).permute(2, 0, 3, 1, 4).reshape(channels, down * height, across * width);
        var framed = torch.full([channels, (down * height) + padding, (across * width) + padding], White, dtype: torch.uint8);
        using var inner = framed.narrow(1, 0, down * height).narrow(2, 0, across * width);
        inner.copy_(rows);
        return framed.repeat_interleave(scale, 1).repeat_interleave(scale, 2).MoveToOuterDisposeScope();
    }

    private static void Check(torch.Tensor images, int columns, int padding, int scale)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        if (images.dtype != torch.uint8 || images.shape.Length != 4 || images.shape[0] == 0)
        {
            throw new ArgumentException(
                $"a grid of {images.dtype} [{string.Join(", ", images.shape)}]; expected uint8 [N, C, H, W] with at least one image", nameof(images));
        }
    }
}

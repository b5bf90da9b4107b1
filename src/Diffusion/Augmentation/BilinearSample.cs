namespace Dfx.Diffusion;

/// <summary>Images between their pixels.</summary>
internal static class BilinearSample
{
    /// <summary>The weighted mean of the four pixels around each place; pixels outside of the image are 0.</summary>
    /// <param name="images">Images [N, C, H, W], float32.</param>
    /// <param name="places">Column and row of every sample, counted from the middle of the first pixel: [N, 2, height width], float64.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <returns>A new tensor [N, C, height, width], float32.</returns>
    internal static torch.Tensor Of(torch.Tensor images, torch.Tensor places, int height, int width)
    {
        using var scope = torch.NewDisposeScope();
        var (count, channels, rows, columns) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var (pixels, first) = (images.view(count, channels, -1), places.floor());
        var result = torch.zeros([count, channels, places.shape[2]], images.dtype, images.device);
        foreach (var (right, below) in (ReadOnlySpan<(int, int)>)[(0, 0), (1, 0), (0, 1), (1, 1)])
        {
            var (x, weightX) = Axis(places.select(1, 0), first.select(1, 0), right, columns);
            var (y, weightY) = Axis(places.select(1, 1), first.select(1, 1), below, rows);
            var index = ((y * columns) + x).unsqueeze(1).expand(-1, channels, -1);
            result.add_(pixels.gather(2, index) * (weightX * weightY).to(images.dtype).unsqueeze(1));
        }

        return scope.MoveToOuter(result.view(count, channels, height, width));
    }

    // The pixel of an axis that is first or next to it, int64, and its weight, float64: 0 if there is no such pixel.
    private static (torch.Tensor Pixel, torch.Tensor Weight) Axis(torch.Tensor place, torch.Tensor first, int next, long size)
    {
        var (pixel, further) = (first + next, place - first);
        var inside = pixel.ge(0).logical_and(pixel.lt(size));
        return (pixel.clamp(0, size - 1).to(torch.ScalarType.Int64), (next == 0 ? 1 - further : further) * inside);
    }
}

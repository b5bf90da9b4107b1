namespace Dfx.Metrics.Extractors.Inception;

/// <summary>
/// The bilinear resize of TensorFlow 1 without aligned corners: pixel j of the result lies at j * in / out, with no shift by half a pixel and
/// no filter, so that reduced images alias. Other resizes give other FIDs.
/// </summary>
/// <remarks>Source: tensorflow 1.x, core/kernels/resize_bilinear_op.cc; the ratio is rounded to float32 there.</remarks>
internal static class TensorflowResize
{
    /// <summary>Resizes images to a square.</summary>
    /// <param name="images">[N, C, H, W], float32 or float64, any device.</param>
    /// <param name="side">The new height and width.</param>
    /// <returns>A new tensor [N, C, side, side] of the same dtype.</returns>
    public static torch.Tensor To(torch.Tensor images, int side)
    {
        using var scope = torch.NewDisposeScope();
        return Along(2, Along(3, images, side), side).MoveToOuterDisposeScope();
    }

    private static torch.Tensor Along(int axis, torch.Tensor x, int side)
    {
        if (x.shape[axis] == side)
        {
            return x;
        }

        var (low, high, part) = Grid((int)x.shape[axis], side, x.dtype);
        var from = x.index_select(axis, torch.tensor(low).to(x.device));
        var to = x.index_select(axis, torch.tensor(high).to(x.device));
        var along = axis == 3 ? part.to(x.device) : part.to(x.device).unsqueeze(1);
        return from + ((to - from) * along);
    }

    // On the CPU: a fused multiply-add would move the grid by 1e-4 pixels.
    private static (long[] Low, long[] High, torch.Tensor Part) Grid(int from, int side, torch.ScalarType dtype)
    {
        var scale = (float)from / side;
        var (low, high, part) = (new long[side], new long[side], new double[side]);
        for (var j = 0; j < side; j++)
        {
            // The product rounded like the images' own numbers.
            var source = dtype == torch.float64 ? j * (double)scale : (float)(j * scale);
            low[j] = (long)source;
            high[j] = Math.Min(low[j] + 1, from - 1);
            part[j] = source - low[j];
        }

        return (low, high, torch.tensor(part).to(dtype));
    }
}

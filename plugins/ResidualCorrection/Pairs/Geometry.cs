namespace Dfx.ResidualCorrection.Pairs;

/// <summary>
/// Turns half of the images by up to 15 degrees and crops half of them to 0.8 to 1 of their area, scaled back to full size; bilinear, with pixels reflected at the edge.
/// The paper names the operations; probabilities and magnitudes are ours.
/// </summary>
/// <param name="Rotate">Whether images are turned.</param>
/// <param name="Crop">Whether they are cropped.</param>
internal readonly record struct Geometry(bool Rotate, bool Crop)
{
    /// <summary>Uniform numbers an image.</summary>
    internal const int Numbers = 6;

    private const double LargestAngle = 15 * Math.PI / 180;
    private const double SmallestArea = 0.8;

    /// <summary>Changes images by their random numbers.</summary>
    /// <param name="images">[N, C, H, W], float32.</param>
    /// <param name="uniform">[N, <see cref="Numbers"/>] in (0, 1), float32, on their device.</param>
    /// <returns>A new tensor; images that are neither turned nor cropped are copied exactly.</returns>
    internal torch.Tensor Apply(torch.Tensor images, torch.Tensor uniform)
    {
        using var scope = torch.NewDisposeScope();
        if (!Rotate && !Crop)
        {
            return scope.MoveToOuter(images.clone());
        }

        var (turned, cropped) = (Chosen(uniform, 0, Rotate), Chosen(uniform, 2, Crop));
        var angle = ((uniform.select(1, 1) * 2) - 1) * LargestAngle * turned;
        var side = 1 - ((1 - ((uniform.select(1, 3) * (1 - SmallestArea)) + SmallestArea).sqrt()) * cropped);
        var (right, down) = (((uniform.select(1, 4) * 2) - 1) * (1 - side), ((uniform.select(1, 5) * 2) - 1) * (1 - side));
        var aspect = (double)images.shape[2] / images.shape[3];
        var rows = torch.stack(
            [angle.cos() * side, angle.sin() * side * -aspect, right, angle.sin() * side / aspect, angle.cos() * side, down], 1).view(-1, 2, 3);
        var places = torch.nn.functional.affine_grid(rows, images.shape, align_corners: false);
        var moved = torch.nn.functional.grid_sample(images, places, torch.GridSampleMode.Bilinear, torch.GridSamplePaddingMode.Reflection, align_corners: false);
        return scope.MoveToOuter(torch.where((turned + cropped).gt(0).view(-1, 1, 1, 1), moved, images));
    }

    // 1 for a half of the images, 0 for the others.
    private static torch.Tensor Chosen(torch.Tensor uniform, int column, bool on) => on ? uniform.select(1, column).lt(0.5).to(uniform.dtype) : torch.zeros_like(uniform.select(1, column));
}

using Dfx.Numerics;

namespace Dfx.Diffusion;

/// <summary>
/// Moves images by affine maps as Karras et al. 2022 do (appendix F.2, after Karras et al. 2020, appendix B): the image and its reflections
/// are doubled with a wavelet, sampled bilinearly at the places that a map names, and halved again.
/// </summary>
/// <remarks>
/// Padding and filter are one matrix an axis. The paper's code pads a batch by what its furthest image needs, at most by the image's side;
/// here every image is padded by that most, so that none depends on its batch.
/// </remarks>
internal static class Movement
{
    /// <summary>The moved images.</summary>
    /// <param name="images">Images [N, C, H, W], float32.</param>
    /// <param name="inverses">For each image the map from a place in the result to a place in the image, in pixels from the centre.</param>
    /// <returns>A new tensor [N, C, H, W], float32, on the images' device.</returns>
    internal static torch.Tensor Apply(torch.Tensor images, IReadOnlyList<AffineMap> inverses)
    {
        using var scope = torch.NewDisposeScope();
        var (height, width, device) = ((int)images.shape[2], (int)images.shape[3], images.device);
        var doubled = Along(images, Symlet.Doubling(height, device), Symlet.Doubling(width, device));
        var sampled = BilinearSample.Of(doubled, Places(inverses, height, width, device), Symlet.Doubled(height), Symlet.Doubled(width));
        return scope.MoveToOuter(Along(sampled, Symlet.Halving(height, device), Symlet.Halving(width, device)));
    }

    // rows X columnsᵀ
    private static torch.Tensor Along(torch.Tensor images, torch.Tensor rows, torch.Tensor columns) =>
        images.matmul(columns.t()).transpose(2, 3).matmul(rows.t()).transpose(2, 3).contiguous();

    // Columns and rows of the doubled image that the samples of the result show: [N, 2, samples], float64.
    private static torch.Tensor Places(IReadOnlyList<AffineMap> inverses, int height, int width, torch.Device device)
    {
        var maps = torch.tensor(inverses.SelectMany(map => map.Numbers).ToArray()).view(-1, 2, 3).OnDevice(device);
        var (y, x) = (Centred(Symlet.Doubled(height), device), Centred(Symlet.Doubled(width), device));
        var grid = torch.stack([x.unsqueeze(0).expand(y.shape[0], -1), y.unsqueeze(1).expand(-1, x.shape[0])]).view(2, -1);
        var origin = torch.tensor(new double[] { Symlet.Padded(width) - 1, Symlet.Padded(height) - 1 }).view(2, 1).OnDevice(device);
        return ((maps.narrow(2, 0, 2).matmul(grid) + maps.narrow(2, 2, 1)) * 2) + origin;
    }

    // Where samples lie, in pixels from the centre: every second one, by the filter's sixth tap, on a pixel.
    private static torch.Tensor Centred(int samples, torch.Device device) =>
        (torch.arange(samples, torch.ScalarType.Float64, device) + (1 - (samples / 2.0))) / 2;
}

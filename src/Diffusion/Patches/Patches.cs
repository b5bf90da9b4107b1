namespace Dfx.Diffusion;

/// <summary>Cuts patches out of images (Wang et al. 2023, section 3).</summary>
public static class Patches
{
    /// <summary>How many channels <see cref="Coordinates"/> has.</summary>
    public const int CoordinateChannels = 2;

    /// <summary>Which part of the image's side a batch's patches have: 1, 2 (a half) or 4 (a quarter) (Wang et al. 2023, section 3.3).</summary>
    /// <param name="u">Uniform in (0, 1).</param>
    /// <param name="realShare">p, the probability of 1, in [0, 1]; the others have 3 (1 - p) / 5 and 2 (1 - p) / 5.</param>
    public static int Divisor(double u, double realShare) => u < realShare ? 1 : u < realShare + (0.6 * (1 - realShare)) ? 2 : 4;

    /// <summary>A part of a side, rounded up to what the network can halve; at most the side.</summary>
    /// <param name="side">The image's side, in pixels.</param>
    /// <param name="divisor">Which part.</param>
    /// <param name="multiple">What it has to be a multiple of.</param>
    public static int Side(int side, int divisor, int multiple)
    {
        var part = (side + divisor - 1) / divisor;
        return Math.Min(side, (part + multiple - 1) / multiple * multiple);
    }

    /// <summary>One patch a row.</summary>
    /// <param name="images">Images [N, C, H, W].</param>
    /// <param name="repeats">How many patches an image gives, one after another.</param>
    /// <param name="tops">The first pixel row of each patch.</param>
    /// <param name="lefts">The first pixel column of each patch.</param>
    /// <param name="height">Pixel rows of every patch.</param>
    /// <param name="width">Pixel columns of every patch.</param>
    /// <returns>A new tensor [N repeats, C, height, width].</returns>
    public static torch.Tensor Crop(torch.Tensor images, int repeats, int[] tops, int[] lefts, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(torch.stack(tops.Select((top, i) =>
            images.select(0, i / repeats).narrow(1, top, height).narrow(2, lefts[i], width))));
    }

    /// <summary>The column and row of every pixel, scaled to [-1, 1].</summary>
    /// <param name="shape">The images' shape.</param>
    /// <param name="device">Where the tensor lives.</param>
    /// <returns>A new tensor [1, 2, H, W], float32.</returns>
    public static torch.Tensor Coordinates(DataShape shape, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        var columns = torch.tensor(Grids.Uniform(-1, 1, shape.Width)).view(1, 1, 1, -1).expand(1, 1, shape.Height, shape.Width);
        var rows = torch.tensor(Grids.Uniform(-1, 1, shape.Height)).view(1, 1, -1, 1).expand(1, 1, shape.Height, shape.Width);
        return scope.MoveToOuter(torch.cat([columns, rows], 1).to(torch.ScalarType.Float32, device));
    }
}

using Dfx.Diffusion;
using Dfx.Metrics.Extractors;
using Dfx.Metrics.Paired;
using Dfx.Sdk;

namespace Dfx.Metrics.Lpips;

/// <summary>LPIPS of a cell.</summary>
internal static class LpipsMeasure
{
    /// <summary>The smallest height and width that the networks see; smaller images are enlarged.</summary>
    public const int SmallestSide = 64;

    private const int Batch = 8;

    /// <summary>Measures a cell with the weights that the user added.</summary>
    /// <exception cref="NotApplicableException">Weights or the ground truth are missing, or the data are no images.</exception>
    public static IReadOnlyList<MetricValue> Evaluate(MetricContext context, string id, LpipsTrunk trunk)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Generated.Shape.Channels is not (1 or 3))
        {
            throw new NotApplicableException($"{id} takes images of 1 or 3 channels, not of {context.Generated.Shape}");
        }

        using var weights = LpipsWeights.Load(id, trunk, context.Weights);
        using var network = new LpipsNet(trunk, weights.Tensors, context.Device);
        using var scope = torch.NewDisposeScope();
        var distances = PairedImages.Each(context, (x, y) => Distances(network, context.Device, x, y));
        var name = weights.IsStandard ? id : $"{id}-compat";
        return [PairedImages.Mean(context, name, distances, Protocol(context, weights)) with { Better = Direction.Lower }];
    }

    /// <summary>The distances of pairs in bytes.</summary>
    /// <param name="network">In float32.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="x">[N, C, H, W] from 0 to 255.</param>
    /// <param name="y">Likewise.</param>
    /// <returns>A new float64 CPU tensor [N].</returns>
    public static torch.Tensor Distances(LpipsNet network, torch.Device device, torch.Tensor x, torch.Tensor y)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var parts = x.split(Batch).Zip(y.split(Batch), (a, b) => network.Distance(Input(a, device), Input(b, device)).cpu());
        return torch.cat(parts.ToArray()).to(torch.float64).MoveToOuterDisposeScope();
    }

    private static torch.Tensor Input(torch.Tensor bytes, torch.Device device)
    {
        var x = (ImageLayout.Colour(bytes).to(torch.float32, device) / 127.5) - 1;
        var (height, width) = (x.shape[2], x.shape[3]);
        var factor = (double)SmallestSide / Math.Min(height, width);
        return factor <= 1 ? x : torch.nn.functional.interpolate(
            x, [(long)Math.Round(height * factor), (long)Math.Round(width * factor)], null, torch.InterpolationMode.Bilinear, false);
    }

    private static Dictionary<string, string> Protocol(MetricContext context, LpipsWeights weights) => new(PairedImages.Protocol(context))
    {
        ["version"] = "0.1",
        ["range"] = "[-1, 1]",
        ["dtype"] = "float32, mean over images float64",
        ["mean"] = "over pixels, summed over layers, then over images",
        ["trunk"] = weights.TrunkSha256,
        ["heads"] = weights.HeadSha256,
        ["resize"] = Math.Min(context.Generated.Shape.Height, context.Generated.Shape.Width) < SmallestSide
            ? $"bilinear to {SmallestSide} pixels, half-pixel centres"
            : "none",
    };
}

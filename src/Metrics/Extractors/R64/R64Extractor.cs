namespace Dfx.Metrics.Extractors.R64;

/// <summary>
/// <c>r64</c>: 64 numbers from a small VGG-16 with random weights, for images that no trained network suits. That random features tell
/// distributions apart is the observation of Naeem et al. 2020; the network is this project's own, so its numbers compare with
/// nobody else's.
/// </summary>
/// <remarks>
/// Images of any size from 16x16 on, not resized, grey ones repeated to three channels, v / 127.5 - 1. Four blocks of 3x3 convolutions with
/// ReLU and zero padding, a 2x2 maximum between blocks. After each block the means of a 2x2 grid of every channel are projected to 16 numbers.
/// </remarks>
internal sealed class R64Extractor : IFeatureExtractor
{
    /// <summary>Its name.</summary>
    public const string Id = "r64";

    /// <summary>The smallest height and width: the last block still has 2x2 pixels.</summary>
    public const int SmallestSide = 16;

    // A fixed number of pixels at a time bounds the memory: 64 images of 32x32.
    private const int PixelsAtOnce = 1 << 16;

    private readonly List<torch.Tensor> _convolutions;
    private readonly List<torch.Tensor> _projections;
    private readonly torch.Device _device;

    public R64Extractor(torch.Device device)
    {
        using var outside = torch.no_grad();
        var weights = R64Weights.Make();
        _device = device;
        _convolutions = [.. weights.Convolutions.Select(w => Owned(ImageLayout.ChannelsLast(torch.tensor(w.Values, w.Shape).to(device))))];
        _projections = [.. weights.Projections.Select(w => Owned(torch.tensor(w.Values, w.Shape).to(device)))];
        Card = new(Id, weights.Sha256, "2x2 means of four blocks, projected", R64Weights.Blocks.Count * R64Weights.PerBlock, "none");
    }

    public ExtractorCard Card { get; }

    public torch.Tensor Features(torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        using var exact = new ExactArithmetic();
        var (height, width) = (images.shape[2], images.shape[3]);
        var batch = Math.Max(1, PixelsAtOnce / (height * width));
        return torch.cat(images.split(batch).Select(Part).ToArray()).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (var weight in _convolutions.Concat(_projections))
        {
            weight.Dispose();
        }
    }

    private static torch.Tensor Owned(torch.Tensor tensor) => tensor.DetachFromDisposeScope();

    private torch.Tensor Part(torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        var x = ImageLayout.ChannelsLast((ImageLayout.Colour(images).to(torch.float32, _device) / 127.5) - 1);
        var layer = 0;
        List<torch.Tensor> parts = [];
        foreach (var block in R64Weights.Blocks)
        {
            x = layer == 0 ? x : torch.nn.functional.max_pool2d(x, 2);
            foreach (var _ in block)
            {
                x = torch.nn.functional.relu(torch.nn.functional.conv2d(x, _convolutions[layer++], null, null, [1, 1]), true);
            }

            var means = torch.nn.functional.adaptive_avg_pool2d(x, R64Weights.Grid).flatten(1);
            parts.Add(RowLinear.Of(means, _projections[parts.Count], null));
        }

        return torch.cat(parts, 1).cpu().MoveToOuterDisposeScope();
    }
}

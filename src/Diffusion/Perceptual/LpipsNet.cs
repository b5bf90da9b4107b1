using Dfx.Numerics;

namespace Dfx.Diffusion;

/// <summary>
/// Learned perceptual image patch similarity v0.1 (Zhang et al. 2018, equation 1): the weighted squared difference of unit-length features of
/// two images, averaged over pixels and summed over five layers.
/// </summary>
internal sealed class LpipsNet : IDisposable
{
    // Added to a length before dividing by it.
    private const double Epsilon = 1e-10;

    // Squares below this are no part of a length: it changes nothing beside Epsilon, and a length of 0 has no derivative.
    private const double LeastSquare = 1e-30;

    // The mean and deviation of ImageNet's colours, for values in [-1, 1].
    private static readonly double[] s_shift = [-0.030, -0.088, -0.188];
    private static readonly double[] s_scale = [0.458, 0.448, 0.450];

    private readonly LpipsTrunk _trunk;
    private readonly List<(torch.Tensor Weight, torch.Tensor Bias)> _layers = [];
    private readonly List<torch.Tensor> _heads = [];
    private readonly torch.Tensor _shift;
    private readonly torch.Tensor _scale;

    /// <summary>Takes weights.</summary>
    /// <param name="trunk">Which network.</param>
    /// <param name="weights">The trunk's tensors by torchvision's names and the heads by LPIPS's; the caller disposes them.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="dtype">float32, or float64 for comparisons.</param>
    public LpipsNet(
        LpipsTrunk trunk, IReadOnlyDictionary<string, torch.Tensor> weights, torch.Device device, torch.ScalarType dtype = torch.ScalarType.Float32)
    {
        using var outside = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        _trunk = trunk;
        foreach (var layer in trunk.Layers)
        {
            _layers.Add((Owned(ChannelsLast.Of(weights[layer.Weight].to(dtype, device))), Owned(weights[layer.Bias].to(dtype, device))));
        }

        _heads.AddRange(Enumerable.Range(0, trunk.Taps.Count).Select(tap => Owned(weights[LpipsTrunk.Head(tap)].to(dtype, device))));
        (_shift, _scale) = (Owned(Colours(s_shift, dtype, device)), Owned(Colours(s_scale, dtype, device)));
    }

    /// <summary>The distance of each image of one batch from its partner.</summary>
    /// <param name="x">[N, 3, H, W] in [-1, 1], in the network's dtype and on its device.</param>
    /// <param name="y">The partners, likewise.</param>
    /// <returns>A new tensor [N], not negative if the heads are not; differentiable in both.</returns>
    public torch.Tensor Distance(torch.Tensor x, torch.Tensor y)
    {
        using var scope = torch.NewDisposeScope();
        return Layers(x, y).sum([0L]).MoveToOuterDisposeScope();
    }

    /// <summary>The part of each tapped layer: a new tensor [5, N].</summary>
    public torch.Tensor Layers(torch.Tensor x, torch.Tensor y)
    {
        using var scope = torch.NewDisposeScope();
        using var exact = Tf32.Region(allowed: false);
        var parts = Taps(x).Zip(Taps(y), _heads).Select(tap => Part(tap.First, tap.Second, tap.Third));
        return torch.stack(parts).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (var (weight, bias) in _layers)
        {
            weight.Dispose();
            bias.Dispose();
        }

        _heads.ForEach(head => head.Dispose());
        _shift.Dispose();
        _scale.Dispose();
    }

    /// <summary>The tapped layers of images in [-1, 1], in order.</summary>
    internal IEnumerable<torch.Tensor> Taps(torch.Tensor images)
    {
        var x = ChannelsLast.Of((images - _shift) / _scale);
        foreach (var (layer, (weight, bias)) in _trunk.Layers.Zip(_layers))
        {
            x = layer.Pooled ? Pooled(x) : x;
            x = torch.nn.functional.conv2d(x, weight, bias, [layer.Stride, layer.Stride], [layer.Padding, layer.Padding]);
            x = torch.nn.functional.relu(x, true);
            if (layer.Tapped)
            {
                yield return x;
            }
        }
    }

    private torch.Tensor Pooled(torch.Tensor x) => _trunk.Averages
        ? torch.nn.functional.avg_pool2d(x, _trunk.Window, 2)
        : torch.nn.functional.max_pool2d(x, _trunk.Window, 2);

    private static torch.Tensor Part(torch.Tensor x, torch.Tensor y, torch.Tensor head)
    {
        var difference = (Unit(x) - Unit(y)).square();
        return torch.nn.functional.conv2d(difference, head).mean([1L, 2L, 3L]);
    }

    private static torch.Tensor Unit(torch.Tensor x) => x / (x.square().sum([1L], keepdim: true).clamp_min(LeastSquare).sqrt() + Epsilon);

    private static torch.Tensor Colours(double[] values, torch.ScalarType dtype, torch.Device device) =>
        torch.tensor(values, [1, 3, 1, 1]).to(dtype, device);

    // Another handle, since the caller's tensor may have the right dtype and device already.
    private static torch.Tensor Owned(torch.Tensor tensor) => tensor.alias().DetachFromDisposeScope();
}

using static Dfx.Metrics.Extractors.ImageLayout;

namespace Dfx.Metrics.Extractors.Inception;

/// <summary>
/// Runs <see cref="InceptionPlan"/> in inference mode. Each batch norm is folded into its convolution, in float64: w gamma / sqrt(var + eps)
/// and beta - mean gamma / sqrt(var + eps).
/// </summary>
internal sealed class InceptionNet : IDisposable
{
    private static readonly long[] s_window = [3, 3];
    private static readonly long[] s_one = [1, 1];
    private static readonly long[] s_two = [2, 2];

    private readonly Dictionary<string, (torch.Tensor Weight, torch.Tensor Bias)> _layers = [];
    private readonly torch.Tensor _classes;
    private readonly torch.Tensor _classBias;

    /// <summary>Folds the weights.</summary>
    /// <param name="weights">All tensors of the plan; not kept.</param>
    /// <param name="device">Where the network runs.</param>
    /// <param name="dtype">float32, or float64 for comparisons.</param>
    public InceptionNet(IReadOnlyDictionary<string, torch.Tensor> weights, torch.Device device, torch.ScalarType dtype = torch.ScalarType.Float32)
    {
        using var outside = torch.no_grad();
        foreach (var layer in InceptionPlan.Stages.SelectMany(stage => stage.Convolutions))
        {
            using var scope = torch.NewDisposeScope();
            var scale = weights[layer.Scale].to(torch.float64) / (weights[layer.Variance].to(torch.float64) + InceptionPlan.Epsilon).sqrt();
            var weight = weights[layer.Weight].to(torch.float64) * scale.view(-1, 1, 1, 1);
            var bias = weights[layer.Shift].to(torch.float64) - (weights[layer.Mean].to(torch.float64) * scale);
            _layers.Add(layer.Name, (ChannelsLast(weight.to(dtype, device)).DetachFromDisposeScope(), bias.to(dtype, device).DetachFromDisposeScope()));
        }

        _classes = weights["fc.weight"].to(dtype, device).clone().DetachFromDisposeScope();
        _classBias = weights["fc.bias"].to(dtype, device).clone().DetachFromDisposeScope();
    }

    /// <summary>Images as the network takes them.</summary>
    /// <param name="images">[N, 3, H, W] from 0 to 255, in the network's dtype and on its device.</param>
    /// <returns>[N, 3, 299, 299]; 0 becomes -1, 255 becomes 127/128.</returns>
    public static torch.Tensor Input(torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        return ChannelsLast((TensorflowResize.To(images, InceptionPlan.Side) - 128) / 128).MoveToOuterDisposeScope();
    }

    /// <summary>The means over the image of one stage's channels; later stages are not computed.</summary>
    /// <param name="input">As <see cref="Input"/> makes it.</param>
    /// <param name="layer">64, 192, 768 or 2048.</param>
    /// <param name="seen">Told the name and result of each stage.</param>
    /// <returns>A new tensor [N, layer].</returns>
    public torch.Tensor Features(torch.Tensor input, int layer, Action<string, torch.Tensor>? seen = null)
    {
        using var outer = torch.NewDisposeScope();
        var x = input.alias();
        foreach (var stage in InceptionPlan.Stages)
        {
            var before = x;
            x = Run(stage, before);
            before.Dispose();
            seen?.Invoke(stage.Name, x);
            if (stage.Name == InceptionPlan.Layers[layer])
            {
                break;
            }
        }

        return x.mean([2L, 3L]).MoveToOuterDisposeScope();
    }

    /// <summary>The logits [N, 1008] of the classes from features [N, 2048]; the Inception score is defined without the bias.</summary>
    public torch.Tensor Logits(torch.Tensor features, bool biased = false) =>
        RowLinear.Of(features, _classes, biased ? _classBias : null);

    public void Dispose()
    {
        foreach (var (weight, bias) in _layers.Values)
        {
            weight.Dispose();
            bias.Dispose();
        }

        _classes.Dispose();
        _classBias.Dispose();
    }

    private torch.Tensor Run(InceptionStage stage, torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor[] parts = [.. stage.Branches.SelectMany(branch => Run(branch, x))];
        return (parts.Length == 1 ? parts[0] : torch.cat(parts, 1)).MoveToOuterDisposeScope();
    }

    private IEnumerable<torch.Tensor> Run(InceptionBranch branch, torch.Tensor x)
    {
        var end = branch.Chain.Aggregate(Pool(branch.Pool, x), Run);
        return branch.Fork.Count == 0 ? [end] : branch.Fork.Select(layer => Run(end, layer));
    }

    private torch.Tensor Run(torch.Tensor x, InceptionConv layer)
    {
        var (weight, bias) = _layers[layer.Name];
        var y = torch.nn.functional.conv2d(x, weight, bias, layer.Stride == 2 ? s_two : s_one, layer.Padding);
        return torch.nn.functional.relu(y, true);
    }

    private static torch.Tensor Pool(InceptionPool pool, torch.Tensor x) => pool switch
    {
        InceptionPool.Average => torch.nn.functional.avg_pool2d(x, s_window, s_one, s_one, false, false),
        InceptionPool.Maximum => torch.nn.functional.max_pool2d(x, s_window, s_one, s_one),
        InceptionPool.Halving => torch.nn.functional.max_pool2d(x, s_window, s_two),
        _ => x,
    };
}

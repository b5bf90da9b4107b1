namespace Dfx.ResidualCorrection;

/// <summary>The form of a correction function f: its network, which is told no noise level, and what goes in and comes out.</summary>
/// <param name="Size">Its width.</param>
/// <param name="Depth">Its depth.</param>
/// <param name="Output">What the network's output is.</param>
/// <param name="Input">What the network is given.</param>
internal readonly record struct FunctionShape(FunctionSize Size, FunctionDepth Depth, FunctionOutput Output, InputScale Input)
{
    // The root mean square of data in [-1, 1], about.
    private const double DataDeviation = 0.5;

    /// <summary>
    /// A new network in training mode. It works in float32, whatever its source does: in bfloat16 values near 1 are rounded by as much as the noise that it is to take away.
    /// </summary>
    /// <param name="context">The source's network settings, data, device and seed.</param>
    internal UNet Build(ModelContext context) => UNets.For(
        context with { Network = Settings(context.Network, context.Data.Shape), Precision = Precision.Float32 }, new(context.Data.Shape) { NoiseBlind = true }, "correction");

    /// <summary>Whether there is such a network for images, without making it.</summary>
    /// <exception cref="NotApplicableException">There is none; the message says why.</exception>
    internal void Check(ModelContext context)
    {
        var images = context.Data.Shape;
        if (UNets.Problem(Settings(context.Network, images), images) is { } problem)
        {
            throw new NotApplicableException($"its network cannot be built: {problem}");
        }
    }

    /// <summary>The network's settings: the pre-trained model's architecture, by its own width or one of Table 4's.</summary>
    /// <param name="model">The source's.</param>
    /// <param name="images">The images.</param>
    internal NetworkSettings Settings(NetworkSettings model, DataShape images) => (Size, Depth) switch
    {
        (FunctionSize.Model, _) => model with { Dropout = 0 },
        (_, FunctionDepth.Model) => model with { Dropout = 0, Channels = Channels },
        _ => new() { Channels = Channels, Multipliers = [2, 2, 2], Blocks = 4, Attention = [Attention(images)] },
    };

    /// <summary>f(y), differentiable in the weights.</summary>
    /// <param name="network">The network, in float32.</param>
    /// <param name="y">[N, C, H, W], float32 or float64.</param>
    /// <returns>A new tensor of y's dtype.</returns>
    internal torch.Tensor Apply(UNet network, torch.Tensor y)
    {
        using var scope = torch.NewDisposeScope();
        var input = y.@float();
        var scale = Input == InputScale.Raw ? null : (input.square().mean([1L, 2, 3], keepdim: true).sqrt() / DataDeviation).clamp_min(1);
        var output = network.call(scale is null ? input : input / scale, null, null).to(y.dtype);
        return scope.MoveToOuter(Output == FunctionOutput.Skip ? y + output : output);
    }

    private int Channels => Size switch
    {
        FunctionSize.T => 16,
        FunctionSize.S => 32,
        FunctionSize.M => 64,
        FunctionSize.L => 96,
        FunctionSize.Xl => 128,
        _ => 256,
    };

    // 16 pixels where images are halved to that, and the first halving otherwise.
    private static int Attention(DataShape images) => images.Height / 4 == 16 || images.Height == 16 ? 16 : images.Height / 2;
}

/// <summary>A trained correction function, which a network is: from the state where a sampler stops to a clean image.</summary>
/// <param name="network">Its network; disposing the function disposes it.</param>
/// <param name="shape">Its form.</param>
/// <param name="stop">Where it takes over.</param>
internal sealed class CorrectionFunction(UNet network, FunctionShape shape, StopRule stop) : ITrainedCorrection
{
    public NetworkCard? Network => network.Card;

    public int StopIndex(IReadOnlyList<double> sigmas) => stop.Index(sigmas);

    /// <summary>Makes a function of weights, which it copies.</summary>
    internal static CorrectionFunction Load(Checkpoint weights, ModelContext context, FunctionShape shape, StopRule stop)
    {
        var network = shape.Build(context);
        network.Restore(weights);
        network.eval();
        return new(network, shape, stop);
    }

    public torch.Tensor Apply(CorrectionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Of(request.State);
    }

    /// <summary>f(y), outside of the graph: it is told no level, so rows may have different ones.</summary>
    internal torch.Tensor Of(torch.Tensor y)
    {
        using var inference = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(shape.Apply(network, y));
    }

    public Checkpoint ToCheckpoint() => new(network.state_dict());

    public void Dispose() => network.Dispose();
}

namespace Dfx.Diffusion;

/// <summary>What all blocks of a network share.</summary>
/// <param name="Initial">Where the first weights come from.</param>
/// <param name="Embedding">Channels of the embedded noise level.</param>
/// <param name="Dropout">The masks of dropout.</param>
internal sealed record BlockSettings(InitialWeights Initial, int Embedding, DropoutNoise Dropout);

/// <summary>
/// A residual block with self-attention as an option, in the DDPM++ configuration of EDM: norm, SiLU, convolution, plus the embedded
/// noise level, norm, SiLU, dropout, convolution, plus the input, all times √(1/2).
/// </summary>
/// <remarks>The parameters have the names that they have in EDM's published networks.</remarks>
internal sealed class UNetBlock : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>
{
    // EDM's factors of the initial weights: layers that add to the residual path start near zero.
    internal const double NearZero = 1e-5;
    private const double SkipScale = 0.70710678118654752;
    private static readonly double s_attention = Math.Sqrt(0.2);

    private readonly NormLayer norm0;
    private readonly ConvLayer conv0;
    private readonly DenseLayer affine;
    private readonly NormLayer norm1;
    private readonly ConvLayer conv1;
    private readonly ConvLayer? skip;
    private readonly NormLayer? norm2;
    private readonly ConvLayer? qkv;
    private readonly ConvLayer? proj;
    private readonly Resampling _resampling;
    private readonly DropoutNoise _dropout;

    internal UNetBlock(BlockSettings settings, int inputs, int outputs, bool attention = false, Resampling resampling = Resampling.Keep)
        : base(nameof(UNetBlock))
    {
        var initial = settings.Initial;
        (Inputs, Outputs, _resampling, _dropout) = (inputs, outputs, resampling, settings.Dropout);
        norm0 = new(inputs);
        conv0 = new(initial, inputs, outputs, 3);
        affine = new(initial, settings.Embedding, outputs);
        norm1 = new(outputs);
        conv1 = new(initial, outputs, outputs, 3, NearZero);
        skip = inputs == outputs && resampling == Resampling.Keep ? null : new(initial, inputs, outputs, 1);
        norm2 = attention ? new(outputs) : null;
        qkv = attention ? new(initial, outputs, 3 * outputs, 1, s_attention) : null;
        proj = attention ? new(initial, outputs, outputs, 1, NearZero) : null;
        RegisterComponents();
    }

    internal int Inputs { get; }

    internal int Outputs { get; }

    /// <summary>Features [N, C, H, W] and embedded noise levels [N, E] to features.</summary>
    public override torch.Tensor forward(torch.Tensor input1, torch.Tensor input2)
    {
        using var scope = torch.NewDisposeScope();
        var x = conv0.call(_resampling.Apply(torch.nn.functional.silu(norm0.call(input1))));
        x = x.add_(affine.call(input2).unsqueeze(2).unsqueeze(3));
        x = _dropout.Apply(torch.nn.functional.silu(norm1.call(x)), training);
        x = conv1.call(x).add_(Shortcut(input1)).mul_(SkipScale);
        return scope.MoveToOuter(qkv is null ? x : Attended(x));
    }

    // A 1x1 convolution and the nearest pixel commute; before the enlargement it has a quarter of the work.
    private torch.Tensor Shortcut(torch.Tensor x) => (skip, _resampling) switch
    {
        (null, _) => x,
        (_, Resampling.Double) => _resampling.Apply(skip.call(x)),
        _ => skip.call(_resampling.Apply(x)),
    };

    // One head; query, key and value of a channel lie side by side.
    private torch.Tensor Attended(torch.Tensor x)
    {
        var shape = x.shape;
        var parts = qkv!.call(norm2!.call(x)).reshape(shape[0], shape[1], 3, shape[2] * shape[3]).unbind(2);
        var weights = parts[0].transpose(1, 2).matmul(parts[1] / Math.Sqrt(shape[1])).softmax(-1);
        var mixed = parts[2].matmul(weights.transpose(1, 2)).reshape(shape);
        return proj!.call(mixed).add_(x).mul_(SkipScale);
    }
}

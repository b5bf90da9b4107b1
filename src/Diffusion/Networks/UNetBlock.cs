namespace Dfx.Diffusion;

/// <summary>
/// A residual block with self-attention as an option: norm, SiLU, convolution, the embedded noise level, norm, SiLU, dropout, convolution,
/// plus the input; in ADM's form (scale and shift) or that of DDPM++ and NCSN++ (added, all times √(1/2)).
/// </summary>
/// <remarks>The parameters have the names that they have in EDM's published networks.</remarks>
internal sealed class UNetBlock : torch.nn.Module<torch.Tensor, torch.Tensor?, torch.Tensor>
{
    private readonly NormLayer norm0;
    private readonly ConvLayer conv0;
    private readonly DenseLayer? affine;
    private readonly NormLayer norm1;
    private readonly ConvLayer conv1;
    private readonly ConvLayer? skip;
    private readonly NormLayer? norm2;
    private readonly ConvLayer? qkv;
    private readonly ConvLayer? proj;
    private readonly Resampler resample;
    private readonly BlockStyle _style;
    private readonly DropoutNoise _dropout;
    private readonly bool _projectsFirst;
    private readonly int _heads;

    internal UNetBlock(UNetPlan plan, int inputs, int outputs, bool attention = false, Resampling resampling = Resampling.Keep)
        : base(nameof(UNetBlock))
    {
        (Inputs, Outputs, _style, _dropout) = (inputs, outputs, plan.Style, plan.Dropout);
        _heads = attention ? _style.Heads(outputs) : 0;
        resample = new(resampling, _style.Taps);
        norm0 = plan.Norm(inputs);
        conv0 = plan.Conv(inputs, outputs, 3);
        affine = plan.Embedding == 0 ? null : plan.Dense(plan.Embedding, _style.ScalesAndShifts ? 2 * outputs : outputs);
        norm1 = plan.Norm(outputs);
        conv1 = plan.Conv(outputs, outputs, 3, LayerRole.Residual);
        skip = inputs == outputs && (resampling == Resampling.Keep || !_style.ProjectsResampled) ? null : plan.Conv(inputs, outputs, 1);
        norm2 = _heads == 0 ? null : plan.Norm(outputs);
        qkv = _heads == 0 ? null : plan.Conv(outputs, 3 * outputs, 1, LayerRole.Attention);
        proj = _heads == 0 ? null : plan.Conv(outputs, outputs, 1, LayerRole.Residual);
        _projectsFirst = resampling == Resampling.Double && resample.IsBox;
        RegisterComponents();
    }

    internal int Inputs { get; }

    internal int Outputs { get; }

    /// <summary>Features [N, C, H, W] and embedded noise levels [N, E], or null if the network does not see them, to features.</summary>
    public override torch.Tensor forward(torch.Tensor input1, torch.Tensor? input2)
    {
        using var scope = torch.NewDisposeScope();
        var x = conv0.call(resample.call(norm0.Silu(input1)));
        x = _dropout.Apply(Normalised(x, input2), training);
        x = Scaled(conv1.call(x).add_(Shortcut(input1)));
        return scope.MoveToOuter(qkv is null ? x : Attended(x));
    }

    /// <summary>Of one image; <paramref name="pixels"/> are those of the output.</summary>
    internal long MultiplyAdds(long pixels)
    {
        var convolutions = conv0.MultiplyAdds(pixels) + conv1.MultiplyAdds(pixels) + (skip?.MultiplyAdds(pixels) ?? 0);
        var attention = qkv is null ? 0 : qkv.MultiplyAdds(pixels) + proj!.MultiplyAdds(pixels) + (2 * pixels * pixels * Outputs);
        return convolutions + attention + (affine?.MultiplyAdds ?? 0);
    }

    private torch.Tensor Normalised(torch.Tensor x, torch.Tensor? level)
    {
        var numbers = affine?.call(level!);
        if (numbers is null || !_style.ScalesAndShifts)
        {
            return norm1.Silu(x, numbers);
        }

        var parts = numbers.chunk(2, 1);
        return norm1.FilmSilu(x, parts[0], parts[1]);
    }

    // A 1x1 convolution and the nearest pixel commute; before the enlargement it has a quarter of the work.
    private torch.Tensor Shortcut(torch.Tensor x) => (skip, _projectsFirst) switch
    {
        (null, _) => resample.call(x),
        (_, true) => resample.call(skip.call(x)),
        _ => skip.call(resample.call(x)),
    };

    private torch.Tensor Attended(torch.Tensor x) => Scaled(proj!.call(Attention.Mixed(qkv!.call(norm2!.call(x)), _heads)).add_(x));

    private torch.Tensor Scaled(torch.Tensor x) => _style.SkipScale == 1 ? x : x.mul_(_style.SkipScale);
}

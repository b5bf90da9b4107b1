using static Dfx.Diffusion.InitialWeights;

namespace Dfx.Diffusion;

/// <summary>A convolution with an odd kernel, padded so that stride 1 keeps the resolution. Weights are cast to the input's dtype where they are used, as EDM does.</summary>
internal sealed class ConvLayer : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly long[] _padding;
    private readonly long[] _strides;

    /// <summary>A layer of first weights [out, in, kernel, kernel]; <paramref name="margin"/> is zeros beyond the usual padding.</summary>
    internal ConvLayer((Parameter Weight, Parameter Bias) start, int stride = 1, int margin = 0)
        : base(nameof(ConvLayer))
    {
        (weight, bias) = start;
        var padding = (weight.shape[2] / 2) + margin;
        (_padding, _strides) = ([padding, padding], [stride, stride]);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.conv2d(input, weight.to(input.dtype), bias.to(input.dtype), _strides, _padding);

    internal long MultiplyAdds(long outputPixels) => weight.numel() * outputPixels;
}

/// <summary>x W^T + b, in the input's dtype.</summary>
internal sealed class DenseLayer : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;

    internal DenseLayer((Parameter Weight, Parameter? Bias) start)
        : base(nameof(DenseLayer))
    {
        (weight, bias) = start;
        RegisterComponents();
    }

    internal long MultiplyAdds => weight.numel();

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.linear(input, weight.to(input.dtype), bias?.to(input.dtype));
}

/// <summary>Group normalisation.</summary>
internal sealed class NormLayer : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly int _groups;
    private readonly double _epsilon;

    /// <summary>At most <paramref name="groups"/> groups: the next smaller number that divides the channels.</summary>
    internal NormLayer(int channels, int groups, double epsilon)
        : base(nameof(NormLayer))
    {
        (_groups, _epsilon) = (Enumerable.Range(0, groups).Select(i => groups - i).First(g => channels % g == 0), epsilon);
        weight = Constant(1, channels);
        bias = Constant(0, channels);
        RegisterComponents();
    }

    /// <summary>In the input's dtype; means and variances are summed in float32 at least.</summary>
    public override torch.Tensor forward(torch.Tensor input) => NormSilu.Takes(input)
        ? NormSilu.Of(input, null, weight, bias, (_groups, _epsilon, false))
        : Library(input, null);

    /// <summary>SiLU of the norm of the input plus a number for each image and channel.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <param name="shift">[N, C], float32 or as the input, or null.</param>
    internal torch.Tensor Silu(torch.Tensor input, torch.Tensor? shift = null)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(NormSilu.Takes(input)
            ? NormSilu.Of(input, shift?.@float().contiguous(), weight, bias, (_groups, _epsilon, true))
            : torch.nn.functional.silu(Library(input, shift)));
    }

    /// <summary>SiLU of (1 + scale) norm + offset (FiLM; Perez et al. 2018).</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <param name="scale">[N, C], float32 or as the input.</param>
    /// <param name="offset">As the scale.</param>
    internal torch.Tensor FilmSilu(torch.Tensor input, torch.Tensor scale, torch.Tensor offset)
    {
        using var scope = torch.NewDisposeScope();
        if (NormSilu.Takes(input))
        {
            var factor = scale.@float() + 1;
            return scope.MoveToOuter(NormSilu.Of(input, null, factor * weight, offset.@float().addcmul(factor, bias, 1), (_groups, _epsilon, true)));
        }

        return scope.MoveToOuter(torch.nn.functional.silu(OfEach(offset, input).addcmul(Library(input, null), OfEach(scale, input) + 1, 1)));
    }

    /// <remarks>
    /// libtorch's norm takes twenty times as long where channels lie side by side as where each has its own plane, if a group has fewer of them than a
    /// vector register has numbers, as EDM's have: 4. Copying there and back is cheaper; so is adding on planes.
    /// </remarks>
    private torch.Tensor Library(torch.Tensor input, torch.Tensor? shift)
    {
        using var scope = torch.NewDisposeScope();
        var planes = input.contiguous();
        var shifted = shift is null ? planes : planes + OfEach(shift, input);
        var result = torch.nn.functional.group_norm(shifted, _groups, weight.to(input.dtype), bias.to(input.dtype), _epsilon);
        return scope.MoveToOuter(ChannelsLast.Is(input) ? ChannelsLast.Of(result) : result);
    }

    private static torch.Tensor OfEach(torch.Tensor numbers, torch.Tensor like) => numbers.to(like.dtype).unsqueeze(2).unsqueeze(3);
}

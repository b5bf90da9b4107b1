namespace Dfx.Diffusion;

/// <summary>What enters the way down of NCSN++ beside the features: a halved version of what stood at the larger level.</summary>
internal sealed class SidePath
{
    private readonly Resampler _halve;
    private readonly ConvLayer _conv;
    private readonly bool _residual;

    private SidePath(Resampler halve, ConvLayer conv, bool residual) => (_halve, _conv, _residual) = (halve, conv, residual);

    internal static SidePath? Of(EncoderKind kind, UNetPlan plan, BlockSet modules, int level, int inputs, int outputs)
    {
        var (name, taps) = (plan.Name(level), plan.Style.Taps);
        return kind switch
        {
            EncoderKind.Skip => new(
                modules.Add($"{name}_aux_down", new Resampler(Resampling.Halve, taps)),
                modules.Add($"{name}_aux_skip", plan.Conv(inputs, outputs, 1)),
                residual: false),

            // The convolution sees as many zeros around the image as it and the filter need together.
            EncoderKind.Residual => new(
                modules.Add($"{name}_aux_halve", new Resampler(Resampling.Halve, taps, padded: false)),
                modules.Add($"{name}_aux_residual", plan.Conv(inputs, outputs, 3, margin: (taps.Length - 1) / 2)),
                residual: true),
            _ => null,
        };
    }

    /// <summary>The features with what came from aside, and what is aside for the next level.</summary>
    internal (torch.Tensor Features, torch.Tensor Aside) Join(torch.Tensor x, torch.Tensor aside)
    {
        if (_residual)
        {
            var mean = (x + _halve.call(_conv.call(aside))) * Math.Sqrt(0.5);
            return (mean, mean);
        }

        var halved = _halve.call(aside);
        return (x + _conv.call(halved), halved);
    }

    internal long MultiplyAdds(UNetPlan plan, int level)
    {
        var margin = _residual ? 2 * ((plan.Style.Taps.Length - 1) / 2) : 0;
        var larger = (long)((plan.Signature.Images.Height >> (level - 1)) + margin) * ((plan.Signature.Images.Width >> (level - 1)) + margin);
        return _conv.MultiplyAdds(_residual ? larger : plan.Pixels(level));
    }
}

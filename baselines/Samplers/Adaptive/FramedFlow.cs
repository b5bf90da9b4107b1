namespace Dfx.Baselines;

/// <summary>
/// The probability flow of a denoiser in a frame's time, for x = s (x0 + sigma z): dx/dt = (sigma' / sigma + s' / s) x - (sigma' s / sigma)
/// D(x / s; sigma) (Karras et al. 2022, algorithm 2 of appendix B).
/// </summary>
internal sealed record FramedFlow(IDenoiser Model, IFlowFrame Frame)
{
    /// <summary>dx/dt of rows with a time each: a new tensor like x.</summary>
    internal torch.Tensor Slope(torch.Tensor x, double[] times)
    {
        using var scope = torch.NewDisposeScope();
        var sigmas = times.Select(Frame.Sigma).ToArray();
        var rates = times.Select(t => Frame.SigmaRate(t) / Frame.Sigma(t)).ToArray();
        var scales = Rows.Of([.. times.Select(Frame.Scale)], x);
        var clean = Model.Denoise(x / scales, Rows.Levels(sigmas, x));
        var pull = Rows.Of([.. times.Zip(rates, (t, rate) => rate + (Frame.ScaleRate(t) / Frame.Scale(t)))], x);
        return scope.MoveToOuter((x * pull) - (clean * scales * Rows.Of(rates, x)));
    }
}

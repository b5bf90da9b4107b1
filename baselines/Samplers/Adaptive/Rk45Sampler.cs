namespace Dfx.Baselines;

/// <summary>
/// The probability flow under error control (Song et al. 2021, appendix D), with SciPy's RK45. It integrates x = s y in score_sde's times
/// (<see cref="FlowFrames"/>): error norms and first step, and so the steps taken, depend on both. A run of k tries takes 2 + 6 k
/// evaluations, and one more for its last step to the clean image, which published counts leave out.
/// </summary>
/// <remarks>
/// By default every sample has its own steps, so that it does not depend on the batch, and the used number of evaluations is a mean.
/// The last step is the denoiser's estimate; score_sde takes the mean of a step of reverse diffusion with a thousandth of its time there.
/// </remarks>
/// <param name="options">Its parameters.</param>
[Sampler("rk45", "RK45", Paper = "Song et al., ICLR 2021", Adaptive = true)]
public sealed class Rk45Sampler(Rk45Options options) : ISampler<IDenoiser>
{
    private const int Smallest = 8;

    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var needed = Smallest + (options.Denoise ? 1 : 0);
        if (nfe < needed)
        {
            throw new NotApplicableException($"rk45 needs {needed} network evaluations at least, but the budget is {nfe}.");
        }

        var schedule = model.Schedule;
        var end = options.EndTime is { } time ? FlowFrames.Of(schedule).Sigma(time) : schedule.SigmaMin;
        return options.Denoise ? [schedule.SigmaMax, end, 0] : [schedule.SigmaMax, end];
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        return request.Walk((y, step) =>
            step.Next > 0 ? Integrate(model, y, (step.Level, step.Next), request.Cancellation) : model.Clean(y, step.Level));
    }

    private torch.Tensor Integrate(IDenoiser model, torch.Tensor y, (double From, double To) sigmas, CancellationToken cancellation)
    {
        using var scope = torch.NewDisposeScope();
        var frame = FlowFrames.Of(model.Schedule);
        var (start, end) = (frame.Time(sigmas.From), frame.Time(sigmas.To));
        var scheme = new DormandPrince(new FramedFlow(model, frame).Slope, new(options.Rtol, options.Atol, options.Norm), end);
        var x = y * frame.Scale(start);
        var slope = scheme.Slope(x, [.. Enumerable.Repeat(start, (int)y.shape[0])]);
        var solved = new AdaptiveRun(scheme, end, cancellation).Solve(x, slope, start, scheme.FirstSteps(x, slope, start));
        return scope.MoveToOuter(solved / frame.Scale(end));
    }
}

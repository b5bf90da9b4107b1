namespace Dfx.Baselines;

/// <summary>
/// DPM-Solver with adaptive steps (Lu et al. 2022, appendix C). k tries take order × k evaluations, and one more for the last step to the
/// clean image. By default every sample has its own steps, and the used number of evaluations is a mean.
/// </summary>
/// <remarks>
/// A sample's step is at most twice as long as the one before (<see cref="StepGrowth"/>). Nothing bounds it in the official code, nor with
/// <see cref="NormKind.Batch"/>: there rounding chooses the second step where the first is short.
/// </remarks>
/// <param name="options">Its parameters.</param>
[Sampler("dpm-solver-adaptive", "DPM-Solver, adaptive", Paper = "Lu et al., NeurIPS 2022", Adaptive = true)]
public sealed class DpmSolverAdaptiveSampler(DpmSolverAdaptiveOptions options) : ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var needed = options.Order + (options.Denoise ? 1 : 0);
        if (nfe < needed)
        {
            throw new NotApplicableException($"dpm-solver-adaptive needs {needed} network evaluations at least, but the budget is {nfe}.");
        }

        var (high, low) = (model.Schedule.SigmaMax, model.Schedule.SigmaMin);
        return options.Denoise ? [high, low, 0] : [high, low];
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
        var (start, end) = (-Math.Log(sigmas.From), -Math.Log(sigmas.To));
        var scheme = new DpmSolverPair(model, FlowFrames.Of(model.Schedule), end, options);
        var steps = Enumerable.Repeat(options.InitialStep, (int)y.shape[0]).ToArray();
        return scope.MoveToOuter(new AdaptiveRun(scheme, end, cancellation).Solve(y, y * scheme.ScaleAt(start), start, steps));
    }
}

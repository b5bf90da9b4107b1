namespace Dfx.Baselines;

/// <summary>
/// UniPC (Zhao et al. 2023), multistep: the predictor UniP-p steps to the next level, the network is evaluated there, and the corrector UniC-p
/// steps again with that estimate among those it knows. The next step reuses the estimate, so N steps take N evaluations. In the last step
/// there is no corrector, since it would need one more.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("unipc", "UniPC", Paper = "Zhao et al., NeurIPS 2023")]
public sealed class UniPcSampler(UniPcOptions options) : ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (schedule, last) = (model.Schedule, options.DenoiseToZero ? 1 : 0);
        var steps = Budget.Checked(nfe, "unipc", options.Order + last) - last;
        var levels = options.Grid.Between(schedule, schedule.SigmaMax, options.SigmaMin ?? schedule.SigmaMin, steps + 1);
        return options.DenoiseToZero ? Budget.ThenClean(levels) : levels;
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        var steps = request.Levels.Count(sigma => sigma > 0) - 1;
        var orders = StepOrders.Multistep(options.Order, steps, options.LowerOrderFinal);
        var known = new RecentEstimates(options.Order);
        return request.Walk((y, step) =>
        {
            if (step.Next == 0)
            {
                return model.Clean(y, step.Level);
            }

            if (step.Index == 0)
            {
                known.Add(SolverEstimate.Of(options.Prediction, model, y, step.Level));
            }

            var exponential = new ExponentialStep(options.Prediction, step.Level, step.Next);
            var used = known.Newest(orders[step.Index]);
            var predicted = exponential.Advance(y, used, Moments(exponential, used.Count));
            if (step.Index == steps - 1)
            {
                return predicted;
            }

            var estimate = SolverEstimate.Of(options.Prediction, model, predicted, step.Next);
            var corrected = options.Corrector ? exponential.Advance(y, [.. used, estimate], Moments(exponential, used.Count + 1)) : predicted;
            known.Add(estimate);
            return corrected;
        });
    }

    // With one difference the paper takes a_1 = 1 / 2, so that B(h) / 2 stands for the integral of r.
    private double[] Moments(ExponentialStep step, int count) => count == 2
        ? [step.Phi(1), (options.Function == UniPcFunction.Bh1 ? step.H : step.Phi(1)) / 2]
        : step.Moments(count);
}

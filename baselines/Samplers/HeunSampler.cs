namespace Dfx.Baselines;

/// <summary>
/// EDM's sampler with Heun's method of order 2 and optional churn (Karras et al. 2022, algorithm 2). N steps take 2 N - 1 evaluations.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("heun", "EDM Heun", Paper = "Karras et al., NeurIPS 2022")]
public sealed class HeunSampler(HeunOptions options) : ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (low, high) = (options.SigmaMin ?? model.Schedule.SigmaMin, options.SigmaMax ?? model.Schedule.SigmaMax);
        return Budget.ThenClean(Grids.Karras(low, high, (Budget.Checked(nfe, "heun") + 1) / 2, options.Rho));
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Sample(model, request, request.Noise.Normal);
    }

    /// <summary>The same with its noise given: with churn, one draw a step.</summary>
    internal torch.Tensor Sample(IDenoiser model, SamplingRequest request, Func<torch.Tensor> draw)
    {
        var churn = new Churn(options.SChurn, options.SMin, options.SMax, options.SNoise);
        return request.Walk(options.Known, (x, step) =>
        {
            var (hat, raised) = churn.Raise(x, step.Level, request.Levels.Count - 1, draw);
            return Solvers.HeunStep(model, raised, hat, step.Next);
        });
    }
}

namespace Dfx.Baselines;

/// <summary>
/// Ancestral sampling (Ho et al. 2020, algorithm 2) over any levels: those of a discrete schedule, a subset of them ("respacing", Nichol and
/// Dhariwal 2021), or levels of a continuous schedule. The last step adds no noise. N levels take N evaluations.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("ddpm", "DDPM", Paper = "Ho, Jain and Abbeel, NeurIPS 2020")]
public sealed class DdpmSampler(DdpmSamplerOptions options) : ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        return SampleLevels.Of(model.Schedule, Budget.Checked(nfe, "ddpm"), options.Steps, options.Grid);
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Sample(model, request, request.Noise.Normal);
    }

    /// <summary>The same with its noise given: one draw a step but the last to 0.</summary>
    internal torch.Tensor Sample(IDenoiser model, SamplingRequest request, Func<torch.Tensor> draw)
    {
        ArgumentNullException.ThrowIfNull(model);
        return request.Walk((y, step) =>
        {
            var clean = model.Clean(y, step.Level).Clipped(options.Clip);
            var mean = Posterior.Mean(y, clean, step.Level, step.Next);
            var deviation = Posterior.Deviation(model.Schedule, step.Level, step.Next, options.Variance);
            return deviation > 0 ? mean.add_(draw(), deviation) : mean;
        });
    }
}

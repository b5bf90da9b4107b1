namespace Dfx.Baselines;

/// <summary>
/// DDIM (Song, Meng and Ermon 2021): the step is <see cref="Solvers.DdimStep"/>. N levels take N evaluations.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("ddim", "DDIM", Paper = "Song, Meng and Ermon, ICLR 2021")]
public sealed class DdimSampler(DdimOptions options) : ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        return SampleLevels.Of(model.Schedule, Budget.Checked(nfe, "ddim"), options.Steps, options.Grid, options.Beyond);
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Sample(model, request, request.Noise.Normal);
    }

    /// <summary>The same with its noise given: with eta above 0, one draw a step but the last to 0.</summary>
    internal torch.Tensor Sample(IDenoiser model, SamplingRequest request, Func<torch.Tensor> draw) => request.Walk(options.Known, (y, step) =>
        Solvers.DdimStep(model.Clean(y, step.Level).Clipped(options.Clip), y, step.Level, step.Next, options.Eta, draw));
}

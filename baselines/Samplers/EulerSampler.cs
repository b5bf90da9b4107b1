namespace Dfx.Baselines;

/// <summary>Euler's method for the probability flow ODE dx/dsigma = (x - D(x; sigma)) / sigma on EDM's levels. N steps take N evaluations.</summary>
/// <param name="options">Its parameters.</param>
[Sampler("euler", "EDM Euler", Paper = "Karras et al., NeurIPS 2022")]
public sealed class EulerSampler(EulerOptions options) : ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (low, high) = (options.SigmaMin ?? model.Schedule.SigmaMin, options.SigmaMax ?? model.Schedule.SigmaMax);
        return Budget.ThenClean(Grids.Karras(low, high, Budget.Checked(nfe, "euler"), options.Rho));
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Walk(options.Known, (x, step) => Solvers.EulerStep(model, x, step.Level, step.Next));
    }
}

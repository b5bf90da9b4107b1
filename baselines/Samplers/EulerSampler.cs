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
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        using var scope = torch.NewDisposeScope();
        var x = request.Start.clone();
        foreach (var (_, sigma, next) in request.Steps())
        {
            request.Cancellation.ThrowIfCancellationRequested();
            using var step = torch.NewDisposeScope();
            var slope = (x - model.Denoise(x, request.Fill(sigma))) / sigma;
            x.add_(slope, next - sigma);
        }

        return scope.MoveToOuter(x);
    }
}

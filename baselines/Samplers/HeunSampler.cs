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
        using var scope = torch.NewDisposeScope();
        var churn = new Churn(options.SChurn, options.SMin, options.SMax, options.SNoise);
        var x = request.Start.clone();
        foreach (var (_, sigma, next) in request.Steps())
        {
            request.Cancellation.ThrowIfCancellationRequested();
            using var step = torch.NewDisposeScope();
            var (hat, raised) = churn.Raise(x, sigma, request.Levels.Count - 1, draw);
            var slope = (raised - model.Denoise(raised, request.Fill(hat))) / hat;
            var euler = raised + (slope * (next - hat));
            if (next > 0)
            {
                var corrected = (euler - model.Denoise(euler, request.Fill(next))) / next;
                euler = raised + ((slope + corrected) * (0.5 * (next - hat)));
            }

            x.copy_(euler);
        }

        return scope.MoveToOuter(x);
    }
}

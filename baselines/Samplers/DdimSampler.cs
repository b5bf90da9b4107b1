namespace Dfx.Baselines;

/// <summary>
/// DDIM (Song, Meng and Ermon 2021, Eq. 12 and 16). In the paper's frame x = a y with a = 1 / √(1 + sigma²) a step from sigma to tau is
/// x' = a' x0 + √(s'² - c²) eps + c z; divided by a' it is the step below, where a is gone. N levels take N evaluations.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("ddim", "DDIM", Paper = "Song, Meng and Ermon, ICLR 2021")]
public sealed class DdimSampler(DdimOptions options) : ISampler<IDenoiser>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        return SampleLevels.Of(model.Schedule, Budget.Checked(nfe, "ddim"), options.Steps, options.Grid);
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Sample(model, request, request.Noise.Normal);
    }

    /// <summary>The same with its noise given: with eta above 0, one draw a step but the last to 0.</summary>
    internal torch.Tensor Sample(IDenoiser model, SamplingRequest request, Func<torch.Tensor> draw)
    {
        using var scope = torch.NewDisposeScope();
        var y = request.Start.clone();
        foreach (var (_, sigma, next) in request.Steps())
        {
            request.Cancellation.ThrowIfCancellationRequested();
            using var step = torch.NewDisposeScope();
            var clean = model.Denoise(y, request.Fill(sigma)).Clipped(options.Clip);
            var eps = (y - clean) / sigma;
            var fresh = options.Eta * next * Math.Sqrt(1 - (next * next / (sigma * sigma)));
            y.copy_(clean.add_(eps, Math.Sqrt((next * next) - (fresh * fresh))));
            if (fresh > 0)
            {
                y.add_(draw(), fresh);
            }
        }

        return scope.MoveToOuter(y);
    }
}

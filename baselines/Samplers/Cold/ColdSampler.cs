namespace Dfx.Baselines;

/// <summary>
/// Cold Diffusion (Bansal et al. 2023): with a degradation D(x0, t), algorithm 1 goes on with x_u = D(x0, u), algorithm 2 with
/// x_u = x_t - D(x0, t) + D(x0, u). For denoisers D(x0, t; z) = a x0 + √(1 - a²) z with a = 1 / √(1 + sigma²): Cold Diffusion lets noise
/// replace the image, whatever the model's own scale. N levels take N evaluations.
/// </summary>
/// <param name="options">Its parameters.</param>
[Sampler("cold", "Cold Diffusion", Paper = "Bansal et al., NeurIPS 2023")]
public sealed class ColdSampler(ColdSamplerOptions options) : ISampler<IDenoiser>, ISampler<ICorruptionModel>
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(IDenoiser model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        return SampleLevels.Of(model.Schedule, Budget.Checked(nfe, "cold"), options.Steps);
    }

    /// <summary>Equal steps of t from 1 down, and 0.</summary>
    /// <inheritdoc/>
    public IReadOnlyList<double> Levels(ICorruptionModel model, int nfe)
    {
        ArgumentNullException.ThrowIfNull(model);
        var count = Budget.Checked(nfe, "cold", model.Corruption);
        return Budget.ThenClean(Grids.Uniform(1, Math.Max(1.0 / count, model.Corruption.MinLevel), count));
    }

    /// <inheritdoc/>
    public torch.Tensor Sample(IDenoiser model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        using var scope = torch.NewDisposeScope();
        var start = request.Start * Signal(request.Levels[0]);
        var x = (request with { Start = start }).Walk((x, step) =>
        {
            var (_, sigma, next) = step;
            var clean = model.Clean(x / Signal(sigma), sigma);
            var z = options.Rule == ColdRule.Estimated ? (x - (clean * Signal(sigma))) / Noise(sigma) : start;
            var degraded = (clean * Signal(next)) + (z * Noise(next));
            return options.Rule == ColdRule.Naive ? degraded : x - (clean * Signal(sigma)) - (z * Noise(sigma)) + degraded;
        });
        return scope.MoveToOuter(x / Signal(request.Levels[request.Stop]));
    }

    /// <summary>
    /// The same for a corruption, D(x0, t) = C_t(x0). Where the corruption has noise, x_t = C_t(x0) + sigma_t z, both forms of algorithm 2
    /// estimate z from the state, and algorithm 1 leaves it out.
    /// </summary>
    /// <inheritdoc/>
    public torch.Tensor Sample(ICorruptionModel model, SamplingRequest request)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        var corruption = model.Corruption;
        return request.Walk((x, step) =>
        {
            var (_, t, next) = step;
            var clean = model.Restore(x, request.Fill(t));
            var degraded = corruption.Apply(clean, request.Fill(next));
            var keep = corruption.Sigma(t) > 0 ? corruption.Sigma(next) / corruption.Sigma(t) : 1;
            return options.Rule == ColdRule.Naive ? degraded : ((x - corruption.Apply(clean, request.Fill(t))) * keep) + degraded;
        });
    }

    private static double Signal(double sigma) => 1 / Math.Sqrt(1 + (sigma * sigma));

    private static double Noise(double sigma) => sigma / Math.Sqrt(1 + (sigma * sigma));
}

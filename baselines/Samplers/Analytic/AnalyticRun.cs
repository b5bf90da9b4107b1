namespace Dfx.Baselines;

/// <summary>
/// Reverse steps with the optimal variance (Bao, Li, Zhu and Zhang 2022, theorem 1 and Eq. 9), for the family of DDIM. In the frame
/// y = x0 + sigma z, from sigma to tau with l² = eta² tau² (sigma² - tau²) / sigma²: mean x0 + √(tau² - l²) eps, variance
/// l² + (1 - √(tau² - l²) / sigma)² Cov[x0 | y]. eta = 1 is DDPM. One formula serves all of the family's papers: Analytic-DPM has one number
/// a level for the variance, SN- and NPR-DDIM have a number a pixel.
/// </summary>
/// <param name="Eta">How much of DDPM's own noise is added.</param>
/// <param name="Clip">
/// Whether x0 is clipped to [-1, 1] and its variance to [0, 1], the largest of data there. The sampler clips, not the model: the model does
/// not know what its data are.
/// </param>
/// <param name="NoiseClip">The most that the noise of the last noisy step may change a pixel by on average, in grey levels; 0 for no limit.</param>
/// <param name="ClipsNoise">Whether eps follows from the clipped x0, as in DDPM's mean of x0 and x; the code's DDIM keeps the model's eps.</param>
internal sealed record AnalyticRun(double Eta, bool Clip, double NoiseClip, bool ClipsNoise)
{
    /// <summary>Runs it: one draw a step but the last to 0.</summary>
    internal torch.Tensor Sample(IVarianceDenoiser model, SamplingRequest request, Func<torch.Tensor> draw) => request.Walk((y, step) =>
    {
        var (index, sigma, next) = step;
        var (mean, covariance) = model.DenoiseWithVariance(y, request.Fill(sigma));
        var clean = mean.Clipped(Clip);
        var fresh = Eta * Eta * next * next * (1 - (next * next / (sigma * sigma)));
        var kept = Math.Sqrt((next * next) - fresh) / sigma;
        var state = clean + ((y - (ClipsNoise ? clean : mean)) * kept);
        if (next == 0)
        {
            return state;
        }

        var variance = ((Clip ? covariance.clamp(0, 1) : covariance) * ((1 - kept) * (1 - kept))) + fresh;
        return state.addcmul_(Limited(variance, model.Schedule, request.Levels, index).sqrt(), draw(), 1);
    });

    // A normal of standard deviation d has the mean absolute value d √(2 / pi); grey levels are those of x = s y.
    private torch.Tensor Limited(torch.Tensor variance, INoiseSchedule schedule, IReadOnlyList<double> levels, int index)
    {
        if (NoiseClip == 0 || index != levels.Count - 3)
        {
            return variance;
        }

        var limit = NoiseClip * 2 / 255 * Math.Sqrt(Math.PI / 2) / schedule.ScaleAt(levels[index + 1]);
        return variance.clamp_max(limit * limit);
    }
}

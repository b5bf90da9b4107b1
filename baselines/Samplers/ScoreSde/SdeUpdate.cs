namespace Dfx.Baselines;

/// <summary>One step of a discretised reverse SDE in the frame y = x / s: y' = Keep y + Gain score(y) + Noise z.</summary>
/// <param name="Keep">The factor of the state.</param>
/// <param name="Gain">The factor of the score.</param>
/// <param name="Noise">The standard deviation of fresh noise.</param>
internal readonly record struct SdeUpdate(double Keep, double Gain, double Noise)
{
    /// <summary>
    /// Reverse diffusion (Song et al. 2021, Eq. 46), which mirrors the forward step x_t = q x_u + G z, q = s_t / s_u: x - (q - 1) x + G² score.
    /// </summary>
    internal static SdeUpdate ReverseDiffusion(SdeLevels at) =>
        new(at.Ratio * (2 - at.Ratio), at.Ratio * at.Added, at.Ratio * Math.Sqrt(at.Added));

    /// <summary>The same for the probability flow: half of the score and no noise.</summary>
    internal static SdeUpdate Flow(SdeLevels at) => ReverseDiffusion(at) with { Gain = at.Ratio * at.Added / 2, Noise = 0 };

    /// <summary>
    /// Ancestral sampling (Song et al. 2021, Eq. 47 for VE and Ho et al. 2020 for VP): DDPM's step, whose noise is that of the posterior if
    /// the signal is not scaled (VE) and beta's if it is (VP).
    /// </summary>
    internal static SdeUpdate Ancestral(SdeLevels at, bool keepsSignal) =>
        new(1, at.Added, (keepsSignal ? at.Next / at.Sigma : at.Ratio) * Math.Sqrt(at.Added));

    /// <summary>Euler-Maruyama's step of length <paramref name="duration"/> for the reverse SDE (Song et al. 2021, Eq. 6).</summary>
    internal static SdeUpdate EulerMaruyama(SdeLevels at, IFlowFrame frame, double duration)
    {
        var t = frame.Time(at.Sigma);
        var diffusion = 2 * at.Sigma * frame.SigmaRate(t) * duration;
        return new((1 - (frame.ScaleRate(t) / frame.Scale(t) * duration)) * at.Ratio, diffusion * at.Ratio, Math.Sqrt(diffusion) * at.Ratio);
    }
}

/// <summary>The levels that a step lies between.</summary>
/// <param name="Sigma">The level before the step.</param>
/// <param name="Next">The level after it.</param>
/// <param name="Ratio">q = s_t / s_u, the forward step's factor of the signal: √(1 - beta) for VP, 1 for VE.</param>
internal readonly record struct SdeLevels(double Sigma, double Next, double Ratio)
{
    /// <summary>sigma² - tau², the variance that the forward step adds.</summary>
    internal double Added => (Sigma - Next) * (Sigma + Next);

    internal static SdeLevels Of(INoiseSchedule schedule, double sigma, double next) =>
        new(sigma, next, schedule.KeepsSignal() ? 1 : schedule.ScaleAt(sigma) / schedule.ScaleAt(next));
}

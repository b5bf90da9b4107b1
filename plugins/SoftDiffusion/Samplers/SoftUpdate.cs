namespace Dfx.SoftDiffusion;

/// <summary>One step from t to s, x_s = C_s x0 + Keep (x_t - C_t x0) + Noise z with the estimate x0 of the clean image: what the samplers differ in.</summary>
/// <param name="Keep">How much of what the estimate does not explain is kept.</param>
/// <param name="Noise">The standard deviation of fresh noise.</param>
internal readonly record struct SoftUpdate(double Keep, double Noise)
{
    /// <summary>Naive (Daras et al. 2023, algorithm 1): the estimate is corrupted anew.</summary>
    internal static SoftUpdate Naive(double sigma, double next) => new(0, next);

    /// <summary>Momentum (algorithm 2 and Eq. 16): the reverse SDE.</summary>
    internal static SoftUpdate Momentum(double sigma, double next) =>
        new(Share(sigma, next), Math.Sqrt(Math.Max(0, (sigma - next) * (sigma + next))));

    /// <summary>Momentum with the variance of the posterior, as ancestral sampling has it: exact marginals if the estimate is exact.</summary>
    internal static SoftUpdate Ancestral(double sigma, double next) =>
        new(Share(sigma, next), next * Math.Sqrt(Math.Max(0, 1 - Share(sigma, next))));

    /// <summary>Momentum along the probability flow (Eq. 44): half of the score and no noise.</summary>
    internal static SoftUpdate HalfScore(double sigma, double next) => new((1 + Share(sigma, next)) / 2, 0);

    /// <summary>The probability flow solved exactly for a constant estimate, as DDIM does.</summary>
    internal static SoftUpdate Exact(double sigma, double next) => new(sigma > 0 ? next / sigma : 1, 0);

    // rho = sigma_s² / sigma_t²; a corruption without noise is one whose noise stays what it is.
    private static double Share(double sigma, double next) => sigma > 0 ? next * next / (sigma * sigma) : 1;
}

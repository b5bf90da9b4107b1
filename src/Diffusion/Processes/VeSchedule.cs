namespace Dfx.Diffusion;

/// <summary>The variance-exploding schedule of Song et al. 2021: s(t) = 1, sigma(t) = √t (EDM, table 1).</summary>
/// <param name="SigmaMin">The level that sampling ends at.</param>
/// <param name="SigmaMax">The level that sampling starts from.</param>
public sealed record VeSchedule(double SigmaMin = 0.02, double SigmaMax = 100) : INoiseSchedule
{
    /// <inheritdoc/>
    public int? Steps => null;

    /// <inheritdoc/>
    public double Scale(double t) => 1;

    /// <inheritdoc/>
    public double Sigma(double t) => Math.Sqrt(t);

    /// <inheritdoc/>
    public double Time(double sigma) => sigma * sigma;
}

namespace Dfx.Diffusion;

/// <summary>EDM's own schedule: s(t) = 1, sigma(t) = t (Karras et al. 2022, table 1).</summary>
/// <param name="SigmaMin">The level that sampling ends at.</param>
/// <param name="SigmaMax">The level that sampling starts from.</param>
public sealed record EdmSchedule(double SigmaMin = 0.002, double SigmaMax = 80) : INoiseSchedule
{
    /// <inheritdoc/>
    public int? Steps => null;

    /// <inheritdoc/>
    public double Scale(double t) => 1;

    /// <inheritdoc/>
    public double Sigma(double t) => t;

    /// <inheritdoc/>
    public double Time(double sigma) => sigma;
}

namespace Dfx.Diffusion;

/// <summary>
/// The variance-preserving schedule of Song et al. 2021 with a linear beta(t) = BetaMin + t BetaD, t in (0, 1]:
/// sigma(t) = √(exp(BetaD t² / 2 + BetaMin t) - 1), s(t) = 1 / √(1 + sigma(t)²) (EDM, table 1).
/// </summary>
/// <param name="BetaD">How far beta rises.</param>
/// <param name="BetaMin">Where beta starts.</param>
/// <param name="TimeMin">The time that sampling ends at.</param>
public sealed record VpSchedule(double BetaD = 19.9, double BetaMin = 0.1, double TimeMin = 1e-3) : INoiseSchedule
{
    /// <inheritdoc/>
    public double SigmaMin => Sigma(TimeMin);

    /// <inheritdoc/>
    public double SigmaMax => Sigma(1);

    /// <inheritdoc/>
    public int? Steps => null;

    /// <inheritdoc/>
    public double Scale(double t) => Math.Exp(-LogVariance(t) / 2);

    // exp(v) - 1 without the cancellation at small v, for which .NET has no function: 2 exp(v / 2) sinh(v / 2).
    /// <inheritdoc/>
    public double Sigma(double t) => Math.Sqrt(2 * Math.Exp(LogVariance(t) / 2) * Math.Sinh(LogVariance(t) / 2));

    /// <inheritdoc/>
    public double Time(double sigma)
    {
        var log = sigma < 1e-3 ? (sigma * sigma) - (Math.Pow(sigma, 4) / 2) + (Math.Pow(sigma, 6) / 3) : Math.Log(1 + (sigma * sigma));
        // The root of BetaD t² / 2 + BetaMin t = log, in the form without a difference.
        return 2 * log / (Math.Sqrt((BetaMin * BetaMin) + (2 * BetaD * log)) + BetaMin);
    }

    private double LogVariance(double t) => (BetaD * t * t / 2) + (BetaMin * t);
}

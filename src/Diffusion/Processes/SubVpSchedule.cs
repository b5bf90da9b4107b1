namespace Dfx.Diffusion;

/// <summary>
/// The sub-VP schedule of Song et al. 2021 (Eq. 13 and appendix B): s(t) = exp(-BetaD t² / 4 - BetaMin t / 2) and the noise of x_t has
/// standard deviation 1 - s², so that sigma(t) = 1 / s - s.
/// </summary>
/// <param name="BetaD">How far beta rises.</param>
/// <param name="BetaMin">Where beta starts.</param>
/// <param name="TimeMin">The time that sampling ends at.</param>
public sealed record SubVpSchedule(double BetaD = 19.9, double BetaMin = 0.1, double TimeMin = 1e-3) : INoiseSchedule
{
    /// <inheritdoc/>
    public double SigmaMin => Sigma(TimeMin);

    /// <inheritdoc/>
    public double SigmaMax => Sigma(1);

    /// <inheritdoc/>
    public int? Steps => null;

    /// <inheritdoc/>
    public double Scale(double t) => Math.Exp(-LogScale(t));

    // 1 / s - s = 2 sinh(-ln s).
    /// <inheritdoc/>
    public double Sigma(double t) => 2 * Math.Sinh(LogScale(t));

    /// <inheritdoc/>
    public double Time(double sigma)
    {
        var log = Math.Asinh(sigma / 2);
        return 4 * log / (Math.Sqrt((BetaMin * BetaMin) + (4 * BetaD * log)) + BetaMin);
    }

    // -ln s.
    private double LogScale(double t) => (BetaD * t * t / 4) + (BetaMin * t / 2);
}

namespace Dfx.Baselines;

/// <summary>
/// A time t in which a diffusion is integrated, with x(t) = s(t) (x0 + sigma(t) z) and the rates at which both change. Its drift is
/// f x with f = s' / s, its diffusion g² = 2 s² sigma sigma' (Karras et al. 2022, Eq. 22 and 23 of appendix B).
/// </summary>
internal interface IFlowFrame
{
    /// <summary>The time at which the noise level is <paramref name="sigma"/>, which may be 0 where the time has a clean end.</summary>
    double Time(double sigma);

    /// <summary>sigma(t).</summary>
    double Sigma(double t);

    /// <summary>s(t).</summary>
    double Scale(double t);

    /// <summary>d sigma / dt.</summary>
    double SigmaRate(double t);

    /// <summary>ds / dt.</summary>
    double ScaleRate(double t);
}

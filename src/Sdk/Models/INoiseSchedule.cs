namespace Dfx.Sdk;

/// <summary>
/// A noise schedule x_t = s(t) (x0 + sigma(t) z): VE, VP, EDM and discrete DDPM all present themselves so (EDM, table 1). All numbers are
/// float64; sigma rises with t.
/// </summary>
public interface INoiseSchedule
{
    /// <summary>The level that sampling ends at, before the last step to sigma = 0.</summary>
    double SigmaMin { get; }

    /// <summary>The level that sampling starts from.</summary>
    double SigmaMax { get; }

    /// <summary>The number T of a discrete schedule's steps, whose times are 1 to T (0 is clean); null if time is continuous.</summary>
    int? Steps { get; }

    /// <summary>The scale s(t), 1 where the signal is not scaled.</summary>
    double Scale(double t);

    /// <summary>The noise level sigma(t), relative to the unscaled signal.</summary>
    double Sigma(double t);

    /// <summary>The time at which the noise level is <paramref name="sigma"/>: the inverse of <see cref="Sigma"/>.</summary>
    double Time(double sigma);
}

namespace Dfx.Diffusion;

/// <summary>
/// The sub-variance-preserving model of Song et al. 2021 in EDM's frame: the network sees x_t and 999 t and predicts the noise, and t is
/// uniform in training.
/// </summary>
/// <param name="BetaD">How far beta rises.</param>
/// <param name="BetaMin">Where beta starts.</param>
/// <param name="TimeMin">The shortest time in training.</param>
/// <param name="Steps">M: times are multiplied by M - 1 before the network sees them.</param>
public sealed record SubVpProcess(double BetaD = 19.9, double BetaMin = 0.1, double TimeMin = 1e-5, int Steps = 1000) : IProcess
{
    /// <inheritdoc/>
    public INoiseSchedule Schedule { get; } = new SubVpSchedule(BetaD, BetaMin);

    // sigma = 1 / s - s, so that s = 2 / (sigma + √(sigma² + 4)).
    /// <inheritdoc/>
    public Coefficients Precondition(torch.Tensor sigma)
    {
        ArgumentNullException.ThrowIfNull(sigma);
        var scale = 2 / (sigma + (sigma.square() + 4).sqrt());
        var log = -scale.log();
        var time = 4 * log / (((log * (4 * BetaD)) + (BetaMin * BetaMin)).sqrt() + BetaMin);
        return new(torch.ones_like(sigma), -sigma, scale, time * (Steps - 1));
    }

    /// <inheritdoc/>
    public torch.Tensor Weight(torch.Tensor sigma) => sigma.pow(-2);

    /// <inheritdoc/>
    public torch.Tensor TrainingSigmas(StepNoise noise, long step, int count)
    {
        ArgumentNullException.ThrowIfNull(noise);
        using var scope = torch.NewDisposeScope();
        var time = (noise.Uniform(step, count).@double() * (TimeMin - 1)) + 1;
        return scope.MoveToOuter(((time.square() * (BetaD / 4)) + (time * (BetaMin / 2))).sinh() * 2);
    }
}

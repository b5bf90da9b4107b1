namespace Dfx.Diffusion;

/// <summary>
/// The variance-preserving model (DDPM++) of Song et al. 2021 in EDM's frame (Karras et al. 2022, table 1): the network predicts the noise
/// and t is uniform in training.
/// </summary>
/// <param name="BetaD">How far beta rises.</param>
/// <param name="BetaMin">Where beta starts.</param>
/// <param name="TimeMin">The shortest time in training.</param>
/// <param name="Steps">M: times are multiplied by M - 1 before the network sees them.</param>
public sealed record VpProcess(double BetaD = 19.9, double BetaMin = 0.1, double TimeMin = 1e-5, int Steps = 1000) : IProcess
{
    /// <inheritdoc/>
    public INoiseSchedule Schedule { get; } = new VpSchedule(BetaD, BetaMin);

    /// <inheritdoc/>
    public Coefficients Precondition(torch.Tensor sigma)
    {
        ArgumentNullException.ThrowIfNull(sigma);
        var variance = sigma.square();
        var log = variance.log1p();
        var time = 2 * log / (((log * (2 * BetaD)) + (BetaMin * BetaMin)).sqrt() + BetaMin);
        return new(torch.ones_like(sigma), -sigma, (variance + 1).rsqrt(), time * (Steps - 1));
    }

    /// <inheritdoc/>
    public torch.Tensor Weight(torch.Tensor sigma) => sigma.pow(-2);

    /// <inheritdoc/>
    public torch.Tensor TrainingSigmas(StepNoise noise, long step, int count)
    {
        ArgumentNullException.ThrowIfNull(noise);
        using var scope = torch.NewDisposeScope();
        var time = (noise.Uniform(step, count).@double() * (TimeMin - 1)) + 1;
        return scope.MoveToOuter(((time.square() * (BetaD / 2)) + (time * BetaMin)).expm1().sqrt());
    }
}

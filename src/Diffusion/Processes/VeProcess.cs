namespace Dfx.Diffusion;

/// <summary>The variance-exploding model of Song et al. 2021 in EDM's frame (Karras et al. 2022, table 1): sigma is log-uniform in training.</summary>
/// <param name="SigmaMin">The lowest noise level.</param>
/// <param name="SigmaMax">The highest noise level.</param>
public sealed record VeProcess(double SigmaMin = 0.02, double SigmaMax = 100) : IProcess
{
    /// <inheritdoc/>
    public INoiseSchedule Schedule { get; } = new VeSchedule(SigmaMin, SigmaMax);

    /// <inheritdoc/>
    public Coefficients Precondition(torch.Tensor sigma) =>
        new(torch.ones_like(sigma), sigma.clone(), torch.ones_like(sigma), (sigma * 0.5).log());

    /// <inheritdoc/>
    public torch.Tensor Weight(torch.Tensor sigma) => sigma.pow(-2);

    /// <inheritdoc/>
    public torch.Tensor TrainingSigmas(StepNoise noise, long step, int count)
    {
        ArgumentNullException.ThrowIfNull(noise);
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter((noise.Uniform(step, count).@double() * Math.Log(SigmaMax / SigmaMin)).exp() * SigmaMin);
    }
}

namespace Dfx.Diffusion;

/// <summary>EDM: unit variance at the network's input and at its target (Karras et al. 2022, table 1 and appendix B.6).</summary>
/// <param name="SigmaData">The standard deviation that the data is taken to have.</param>
/// <param name="LogMean">P_mean: the mean of ln sigma in training.</param>
/// <param name="LogDeviation">P_std: the standard deviation of ln sigma in training.</param>
public sealed record EdmProcess(double SigmaData = 0.5, double LogMean = -1.2, double LogDeviation = 1.2) : IProcess
{
    /// <inheritdoc/>
    public INoiseSchedule Schedule { get; } = new EdmSchedule();

    /// <inheritdoc/>
    public Coefficients Precondition(torch.Tensor sigma)
    {
        var variance = sigma.square() + (SigmaData * SigmaData);
        var deviation = variance.sqrt();
        return new(SigmaData * SigmaData / variance, sigma * SigmaData / deviation, 1 / deviation, sigma.log() / 4);
    }

    /// <inheritdoc/>
    public torch.Tensor Weight(torch.Tensor sigma)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter((sigma.square() + (SigmaData * SigmaData)) / (sigma * SigmaData).square());
    }

    /// <inheritdoc/>
    public torch.Tensor TrainingSigmas(StepNoise noise, long step, int count)
    {
        ArgumentNullException.ThrowIfNull(noise);
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(((noise.Normal(step, count).@double() * LogDeviation) + LogMean).exp());
    }
}

using Dfx.Sdk.Internal;

namespace Dfx.Sdk;

/// <summary>
/// A denoiser presented as a corruption model with C_t = I, so that samplers for corruptions run on Gaussian models too. The time t in
/// [0, 1] runs geometrically through the schedule's levels: sigma(t) = SigmaMin (SigmaMax / SigmaMin)^t, and sigma = 0 at t = 0 itself.
/// </summary>
/// <param name="denoiser">The denoiser; disposing this model disposes it.</param>
public sealed class DenoiserAsCorruption(IDenoiser denoiser) : ICorruptionModel
{
    private readonly GeometricNoise _noise = new(denoiser.Schedule.SigmaMin, denoiser.Schedule.SigmaMax);

    /// <inheritdoc/>
    public ICorruption Corruption => _noise;

    /// <inheritdoc/>
    public DataShape Shape => denoiser.Shape;

    /// <inheritdoc/>
    public IReadOnlyList<NetworkCard> Networks => denoiser.Networks;

    /// <inheritdoc/>
    public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null)
    {
        using var scope = torch.NewDisposeScope();
        return denoiser.Denoise(x, _noise.Sigma(t), condition).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public torch.Tensor Prior(double level, SampleNoise noise) => denoiser.Prior(_noise.Sigma(level), noise);

    /// <inheritdoc/>
    public Checkpoint ToCheckpoint() => denoiser.ToCheckpoint();

    /// <inheritdoc/>
    public void Dispose() => denoiser.Dispose();
}

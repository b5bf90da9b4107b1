namespace Dfx.SoftDiffusion.Tests.Analyses;

/// <summary>A network of zeros: it takes the corrupted image for the clean one.</summary>
internal sealed class Unchanged(SoftCorruption corruption, DataShape shape) : ICorruptionModel
{
    public ICorruption Corruption => corruption;

    public DataShape Shape => shape;

    public IReadOnlyList<NetworkCard> Networks => [];

    public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null) => x.clone();

    public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal().mul_(corruption.Sigma(level)).sub_(1);

    public Checkpoint ToCheckpoint() => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

/// <summary>Takes every image for the mean one.</summary>
internal sealed class FixedDenoiser(DataShape shape) : IDenoiser
{
    public INoiseSchedule Schedule { get; } = new VeSchedule();

    public DataShape Shape => shape;

    public IReadOnlyList<NetworkCard> Networks => [];

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) => torch.full_like(x, GaussianImages.Mean);

    public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal().mul_(level);

    public Checkpoint ToCheckpoint() => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

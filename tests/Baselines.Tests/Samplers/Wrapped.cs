namespace Dfx.Baselines.Tests.Samplers;

/// <summary>A denoiser with another function in its place.</summary>
internal sealed class Wrapped(IDenoiser model, Func<torch.Tensor, torch.Tensor, torch.Tensor> denoise) : IDenoiser
{
    public INoiseSchedule Schedule => model.Schedule;

    public DataShape Shape => model.Shape;

    public IReadOnlyList<NetworkCard> Networks => model.Networks;

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) => denoise(x, sigma);

    public torch.Tensor Prior(double level, SampleNoise noise) => model.Prior(level, noise);

    public Checkpoint ToCheckpoint() => model.ToCheckpoint();

    public void Dispose()
    {
    }
}

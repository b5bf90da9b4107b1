namespace Dfx.Stf.Tests.Targets;

/// <summary>The posterior mean over a dataset, with an error that is the same everywhere.</summary>
internal sealed class ExactDenoiser(torch.Tensor points, double error = 0) : IDenoiser
{
    internal torch.Tensor Points => points;

    internal int Calls { get; private set; }

    public INoiseSchedule Schedule { get; } = new EdmSchedule();

    public DataShape Shape => new((int)points.shape[1], (int)points.shape[2], (int)points.shape[3]);

    public IReadOnlyList<NetworkCard> Networks => [];

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        Calls++;
        using var target = StableTarget.Of(x.@double(), sigma, new(points.@double()));
        return (target + error).to(x.dtype);
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal() * level;

    public Checkpoint ToCheckpoint() => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

using Dfx.Sdk;

namespace Dfx.TestPlugins;

/// <summary>The denoiser of data that are standard normals: D(x; sigma) = x / (1 + sigma^2). It learns nothing.</summary>
public class TrivialDenoiser(DataShape shape) : IDenoiser, INoiseSchedule
{
    public INoiseSchedule Schedule => this;

    public DataShape Shape => shape;

    public IReadOnlyList<NetworkCard> Networks => [new("trivial", 0)];

    public double SigmaMin => 0.01;

    public double SigmaMax => 10;

    public int? Steps => null;

    public double Scale(double t) => 1;

    public double Sigma(double t) => t;

    public double Time(double sigma) => sigma;

    public virtual torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        using var scope = torch.NewDisposeScope();
        return (x / (1 + sigma * sigma).view(-1, 1, 1, 1)).MoveToOuterDisposeScope();
    }

    public virtual torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal().mul_(level);

    public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor>());

    public void Dispose() => GC.SuppressFinalize(this);
}

using Dfx.Sdk;

namespace Dfx.Harness.Checking.Tiny;

/// <summary>Dims images: C_t = 1 - t / 2 and sigma_t = t. Data N(m, v I) are restored exactly: m + v c / (v c² + sigma²) (x - c m).</summary>
internal sealed class TinyCorruption(DataShape shape) : ICorruptionModel, ICorruption
{
    private const double Mean = 0.2;
    private const double Variance = 0.25;

    /// <summary>Told of every evaluation.</summary>
    internal Action<torch.Tensor, torch.Tensor>? Seen { get; set; }

    public ICorruption Corruption => this;

    public DataShape Shape => shape;

    public IReadOnlyList<NetworkCard> Networks { get; } = [new("dimmed-gaussian", 2)];

    public double MinLevel => 1e-3;

    public int MinSteps { get; init; } = 1;

    public double Sigma(double t) => t;

    public bool IsIdentity(double t) => t == 0;

    public torch.Tensor Apply(torch.Tensor x, torch.Tensor t)
    {
        using var scope = torch.NewDisposeScope();
        return (x * (1 - (t.view(-1, 1, 1, 1) / 2))).MoveToOuterDisposeScope();
    }

    public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null)
    {
        Seen?.Invoke(x, t);
        using var scope = torch.NewDisposeScope();
        using var grad = torch.no_grad();
        var level = t.view(-1, 1, 1, 1);
        var keep = 1 - (level / 2);
        var gain = keep * Variance / ((keep * keep * Variance) + (level * level));
        return ((gain * (x - (keep * Mean))) + Mean).MoveToOuterDisposeScope();
    }

    public torch.Tensor Prior(double level, SampleNoise noise)
    {
        using var scope = torch.NewDisposeScope();
        var keep = 1 - (level / 2);
        return ((noise.Normal() * Math.Sqrt((keep * keep * Variance) + (level * level))) + (keep * Mean)).MoveToOuterDisposeScope();
    }

    public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor>());

    public void Dispose()
    {
    }
}

using Dfx.Numerics.Noise;

namespace Dfx.Compensation.Tests.Analyses;

/// <summary>Images of independent pixels from N(0, 0.5²), with an exact denoiser of theirs.</summary>
internal sealed class GaussianImages(int side = 4, int count = 4000) : IDataSource
{
    internal const double Variance = 0.25;

    public DataShape Shape => new(1, side, side);

    public IReadOnlyList<string> Classes => [];

    public bool IsImages => false;

    public int Count(Split split) => count;

    public torch.Tensor Read(Split split, ReadOnlySpan<int> indices)
    {
        var (values, each) = (new float[indices.Length * Shape.Elements], (int)Shape.Elements);
        for (var i = 0; i < indices.Length; i++)
        {
            NoiseSource.Normals(NoiseKey.For(1, $"{split}"), (uint)indices[i], 0, values.AsSpan(i * each, each));
        }

        return torch.tensor(Array.ConvertAll(values, v => (float)(Math.Sqrt(Variance) * v)), Shape.Batch(indices.Length));
    }

    public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

/// <summary>E[x0 | x0 + sigma z] = v y / (v + sigma²) of every pixel, on DDPM's scaled schedule.</summary>
internal sealed class GaussianDenoiser(DataShape shape, int steps = 100) : IDenoiser
{
    public INoiseSchedule Schedule { get; } = DiscreteSchedule.Scaled(steps);

    public DataShape Shape => shape;

    public IReadOnlyList<NetworkCard> Networks => [];

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
    {
        using var scope = torch.NewDisposeScope();
        return scope.MoveToOuter(x * (GaussianImages.Variance / (sigma.square() + GaussianImages.Variance)).view(-1, 1, 1, 1));
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => throw new NotSupportedException();

    public Checkpoint ToCheckpoint() => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

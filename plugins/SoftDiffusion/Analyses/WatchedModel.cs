namespace Dfx.SoftDiffusion.Analyses;

/// <summary>A model whose estimates somebody looks at while a sampler runs.</summary>
/// <param name="model">The model; it belongs to who wraps it.</param>
/// <param name="watch">Told the states, their level and the estimates of every call, which it may not keep.</param>
internal sealed class WatchedModel(ICorruptionModel model, Action<torch.Tensor, double, torch.Tensor> watch) : ICorruptionModel
{
    public ICorruption Corruption => model.Corruption;

    public DataShape Shape => model.Shape;

    public IReadOnlyList<NetworkCard> Networks => model.Networks;

    public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null)
    {
        var clean = model.Restore(x, t, condition);
        using var level = t[0];
        watch(x, level.ToDouble(), clean);
        return clean;
    }

    public torch.Tensor Prior(double level, SampleNoise noise) => model.Prior(level, noise);

    public Checkpoint ToCheckpoint() => model.ToCheckpoint();

    public void Dispose()
    {
    }
}

using Dfx.Harness.Execution.Worker;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Models;

/// <summary>The corruption model that a sampler is handed: counted, and with the task's condition put in.</summary>
internal sealed class MeteredCorruptionModel(ICorruptionModel model, EvaluationMeter meter, Condition? condition) : ICorruptionModel
{
    public ICorruption Corruption => model.Corruption;

    public DataShape Shape => model.Shape;

    public IReadOnlyList<NetworkCard> Networks => model.Networks;

    public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? given = null) => meter.Call(
        x.shape[0], () => TensorFault.SameShape(model.Restore(x, t, given ?? condition), x, "the model's estimate"));

    public torch.Tensor Prior(double level, SampleNoise noise) => model.Prior(level, noise);

    public Checkpoint ToCheckpoint() => model.ToCheckpoint();

    /// <summary>The model belongs to who wrapped it.</summary>
    public void Dispose()
    {
    }
}

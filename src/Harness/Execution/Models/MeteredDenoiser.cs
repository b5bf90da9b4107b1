using Dfx.Harness.Execution.Worker;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Models;

/// <summary>The denoiser that a sampler is handed: counted, and with the task's condition put in.</summary>
internal class MeteredDenoiser(IDenoiser model, EvaluationMeter meter, Condition? condition) : IDenoiser
{
    public INoiseSchedule Schedule => model.Schedule;

    public DataShape Shape => model.Shape;

    public IReadOnlyList<NetworkCard> Networks => model.Networks;

    public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? given = null) => meter.Call(
        x.shape[0], sigma, () => TensorFault.SameShape(model.Denoise(x, sigma, given ?? condition), x, "the model's estimate"));

    public torch.Tensor Prior(double level, SampleNoise noise) => model.Prior(level, noise);

    public Checkpoint ToCheckpoint() => model.ToCheckpoint();

    /// <summary>The model belongs to who wrapped it.</summary>
    public void Dispose() => GC.SuppressFinalize(this);
}

using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>A control: it learns nothing, and denoises the state at the stop level once with the target model.</summary>
[Correction("test-denoise", "Denoise once", Untrained = true)]
public sealed class DenoiseCorrection : ICorrection, ITrainedCorrection
{
    public NetworkCard? Network => null;

    public ITrainedCorrection Train(CorrectionContext context) => throw new NotSupportedException("It learns nothing.");

    public ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context) => this;

    public int StopIndex(IReadOnlyList<double> sigmas) => sigmas.Count - 2;

    public torch.Tensor Apply(CorrectionRequest request)
    {
        using var scope = torch.NewDisposeScope();
        var target = request.Target ?? throw new NotApplicableException("The target is no denoiser.");
        return target.Denoise(request.State, torch.full([request.State.shape[0]], request.Sigma, request.State.dtype, request.State.device)).MoveToOuterDisposeScope();
    }

    public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor>());

    public void Dispose()
    {
    }
}

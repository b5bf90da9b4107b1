using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>What the controls take.</summary>
public sealed record ControlOptions(
    [Description("The noise level that the correction of the same level takes over at.")][Range(0.001, 10.0)] double Level = 0.5,
    [Description("Evaluations of the correction that it stands beside.")][Range(0, 100)] int Evaluations = 1);

/// <summary>A control that learns nothing: the state at the stop level as it is.</summary>
[Correction("test-stop", "Stop", Untrained = true)]
public sealed class StopControl(ControlOptions options) : ICorrection
{
    public ITrainedCorrection Train(CorrectionContext context) => throw new NotSupportedException("It learns nothing.");

    public ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context) => checkpoint.Tensors.Count == 0
        ? new Stopped(options)
        : throw new ArgumentException("A control has no checkpoint.");
}

/// <summary>A control that has the evaluations of a corrected cell.</summary>
[Correction("test-matched", "Matched", Untrained = true)]
public sealed class MatchedControl(ControlOptions options) : ICorrection
{
    public ITrainedCorrection Train(CorrectionContext context) => throw new NotSupportedException("It learns nothing.");

    public ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context) => new Matched(options);
}

internal class Stopped(ControlOptions options) : ITrainedCorrection
{
    public NetworkCard? Network => null;

    public int StopIndex(IReadOnlyList<double> sigmas) => Enumerable.Range(0, sigmas.Count).LastOrDefault(i => sigmas[i] >= options.Level, 0) is > 0 and var index
        ? index
        : throw new NotApplicableException($"The sampler has no level of {options.Level} or more after its first.");

    public virtual torch.Tensor Apply(CorrectionRequest request) => request.State.clone();

    public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor>());

    public void Dispose() => GC.SuppressFinalize(this);
}

internal sealed class Matched(ControlOptions options) : Stopped(options), IMatchedControl
{
    private readonly int _evaluations = options.Evaluations;

    public int Evaluations => _evaluations;

    public override torch.Tensor Apply(CorrectionRequest request) => throw new NotSupportedException("It only has a budget.");
}

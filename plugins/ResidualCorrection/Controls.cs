using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.ResidualCorrection;

/// <summary>The parameters of controls: where a correction would take over.</summary>
/// <param name="At">c.</param>
/// <param name="Rule">Which level near c.</param>
public sealed record ControlOptions(
    [Description("c: it stands beside a correction that takes over near this noise level, or at the sampler's last one if that is larger.")][Range(0.0, 1000.0, MinimumIsExclusive = true)] double At = StopRule.PaperLevel,
    [Description("Which level near c: at-or-above (the smallest that is not below) or first-below.")] StopSide Rule = StopSide.AtOrAbove)
{
    internal StopRule Stop => new(At, Rule);
}

/// <summary>Control: the sampler's state where a correction would take over, as it is.</summary>
/// <param name="options">Its parameters.</param>
[Correction("stop", "Stop early", Untrained = true)]
public sealed class StopControl(ControlOptions options) : ICorrection
{
    /// <inheritdoc/>
    public ITrainedCorrection Train(CorrectionContext context) => new Control(options, Control.Unchanged);

    /// <inheritdoc/>
    public ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context) => new Control(options, Control.Unchanged);
}

/// <summary>
/// Control: one evaluation of the target itself where a correction would take over, D(y; sigma). A correction that is not better than this has learned to denoise, and no more.
/// </summary>
/// <param name="options">Its parameters.</param>
[Correction("denoise", "Denoise once", Untrained = true)]
public sealed class DenoiseControl(ControlOptions options) : ICorrection
{
    /// <inheritdoc/>
    public ITrainedCorrection Train(CorrectionContext context) => new Control(options, Denoised);

    /// <inheritdoc/>
    public ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context) => new Control(options, Denoised);

    private static torch.Tensor Denoised(CorrectionRequest request)
    {
        using var scope = torch.NewDisposeScope();
        var target = request.Target ?? throw new NotApplicableException("the model is no denoiser, so it cannot denoise the state where the sampler stops");
        return scope.MoveToOuter(target.Clean(request.State, request.Sigma));
    }
}

/// <summary>Control: no correction, but the sampler's whole way with as many evaluations as a corrected one has.</summary>
/// <param name="options">Its parameters.</param>
[Correction("matched", "Equal evaluations", Untrained = true)]
public sealed class MatchedControl(ControlOptions options) : ICorrection
{
    /// <inheritdoc/>
    public ITrainedCorrection Train(CorrectionContext context) => new Matched(options);

    /// <inheritdoc/>
    public ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context) => new Matched(options);
}

/// <summary>A control that stops where a correction does.</summary>
internal class Control(ControlOptions options, Func<CorrectionRequest, torch.Tensor> apply) : ITrainedCorrection
{
    public NetworkCard? Network => null;

    public int StopIndex(IReadOnlyList<double> sigmas) => options.Stop.Index(sigmas);

    public torch.Tensor Apply(CorrectionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return apply(request);
    }

    public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor>());

    public void Dispose()
    {
    }

    /// <summary>The state as it is.</summary>
    internal static torch.Tensor Unchanged(CorrectionRequest request) => request.State.clone();
}

/// <summary>A control that only counts.</summary>
internal sealed class Matched(ControlOptions options) : Control(options, Unchanged), IMatchedControl
{
    public int Evaluations => 1;
}

using Dfx.Harness.Execution.Models;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>A cell that is ready to sample.</summary>
/// <param name="Sampler">The sampler bound to its model.</param>
/// <param name="Correction">The correction, or null.</param>
/// <param name="Calls">How often the budget lets the sampler call the model: one call may be several evaluations of main networks.</param>
/// <param name="Levels">The levels of so many calls.</param>
/// <param name="Stop">The index of the level to stop at.</param>
/// <param name="Budget">Evaluations of main networks an image.</param>
/// <param name="Context">The model's context.</param>
internal sealed record SamplingSetup(
    BoundSampler Sampler, ITrainedCorrection? Correction, int Calls, IReadOnlyList<double> Levels, int Stop, int Budget, ModelContext Context)
{
    /// <exception cref="NotApplicableException">The sampler cannot honour the budget, or the correction finds no level to take over at.</exception>
    internal static SamplingSetup Of(JobDesk desk, ITrainedModel model, ITrainedCorrection? correction)
    {
        var spec = desk.Job.Sampling!;
        var sampler = BoundSampler.Of(desk.Session.Create(spec.Sampler), model);
        using var phase = desk.Meter.Refuse("levels were chosen");
        var (calls, levels) = LevelsOf(desk, sampler, spec.Nfe);
        return new(sampler, correction, calls, levels, correction is null ? levels.Count - 1 : StopOf(sampler, correction, levels), spec.Nfe, desk.ModelContext);
    }

    /// <summary>
    /// The cell of a control that has the evaluations of a corrected cell: the sampler goes all its way with as many as it needs to this cell's stop, which a
    /// run of one image tells, and those of the correction on top.
    /// </summary>
    /// <exception cref="NotApplicableException">The sampler cannot honour so many.</exception>
    internal SamplingSetup Matched(JobDesk desk, IMatchedControl control)
    {
        var budget = EvaluationsToStop(desk) + control.Evaluations;
        using var phase = desk.Meter.Refuse("levels were chosen");
        try
        {
            var (calls, levels) = LevelsOf(desk, Sampler, budget);
            return this with { Correction = null, Calls = calls, Levels = levels, Stop = levels.Count - 1, Budget = budget };
        }
        catch (NotApplicableException e)
        {
            throw new NotApplicableException($"the sampler cannot run with the {budget} evaluations of a corrected cell: {e.Message}");
        }
    }

    private int EvaluationsToStop(JobDesk desk)
    {
        using var run = new SamplingRun(desk, this with { Correction = null });
        return run.EvaluationsOfOne();
    }

    private static (int Calls, IReadOnlyList<double> Levels) LevelsOf(JobDesk desk, BoundSampler sampler, int budget)
    {
        var calls = CallsOf(sampler.Model, budget);
        var levels = sampler.Levels(calls);
        return levels.Count < 2 || !levels.All(double.IsFinite) || levels.Zip(levels.Skip(1)).Any(pair => !(pair.First > pair.Second))
            ? throw new InvalidOperationException($"the levels of {desk.Job.Sampling!.Sampler.Id} must be finite and fall, at least two of them: {string.Join(", ", levels)}")
            : (calls, levels);
    }

    private static int CallsOf(ITrainedModel model, int nfe)
    {
        var each = EvaluationMeter.OfCall(model.Networks);
        return nfe >= each ? nfe / each : throw new NotApplicableException($"a call of the model takes {each} network evaluations, and the budget is {nfe}");
    }

    private static int StopOf(BoundSampler sampler, ITrainedCorrection correction, IReadOnlyList<double> levels)
    {
        // Levels whose state is no point of sigma-space are no levels that a correction could take over at.
        var sigmas = levels.Select(level => sampler.Sigma(level)).ToList();
        var skipped = sigmas.FindLastIndex(sigma => sigma is null) + 1;
        if (skipped >= sigmas.Count - 1)
        {
            throw new NotApplicableException("the sampler's states are corrupted until the end, so no correction can take over");
        }

        var stop = skipped + correction.StopIndex([.. sigmas.Skip(skipped).Select(sigma => sigma!.Value)]);
        return stop >= 1 && stop < levels.Count && sigmas[stop] > 0
            ? stop
            : throw new InvalidOperationException($"the correction asked to take over at level {stop} of {levels.Count - 1}");
    }
}

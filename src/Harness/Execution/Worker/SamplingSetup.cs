using Dfx.Harness.Execution.Models;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>A cell that is ready to sample.</summary>
/// <param name="Sampler">The sampler bound to its model.</param>
/// <param name="Correction">The correction, or null.</param>
/// <param name="Calls">How often the budget lets the sampler call the model: one call may be several evaluations of main networks.</param>
/// <param name="Levels">The levels of so many calls.</param>
/// <param name="Stop">The index of the level to stop at.</param>
/// <param name="Context">The model's context.</param>
internal sealed record SamplingSetup(
    BoundSampler Sampler, ITrainedCorrection? Correction, int Calls, IReadOnlyList<double> Levels, int Stop, ModelContext Context)
{
    /// <exception cref="NotApplicableException">The sampler cannot honour the budget, or the correction finds no level to take over at.</exception>
    internal static SamplingSetup Of(JobDesk desk, ITrainedModel model, ITrainedCorrection? correction)
    {
        var spec = desk.Job.Sampling!;
        var sampler = BoundSampler.Of(desk.Session.Create(spec.Sampler), model);
        using var phase = desk.Meter.Refuse("levels were chosen");
        var calls = CallsOf(model, spec.Nfe);
        var levels = sampler.Levels(calls);
        if (levels.Count < 2 || !levels.All(double.IsFinite) || levels.Zip(levels.Skip(1)).Any(pair => !(pair.First > pair.Second)))
        {
            throw new InvalidOperationException($"the levels of {spec.Sampler.Id} must be finite and fall, at least two of them: {string.Join(", ", levels)}");
        }

        return new(sampler, correction, calls, levels, correction is null ? levels.Count - 1 : StopOf(sampler, correction, levels), desk.ModelContext);
    }

    private static int CallsOf(ITrainedModel model, int nfe)
    {
        var each = Math.Max(1, model.Networks.Where(n => n.Role == NetworkRole.Main).Sum(n => n.EvaluationsPerCall));
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

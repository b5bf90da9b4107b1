using Dfx.Harness.Execution.Models;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>A cell that is ready to sample.</summary>
/// <param name="Sampler">The sampler bound to its model.</param>
/// <param name="Correction">The correction, or null.</param>
/// <param name="Levels">The levels of the budget.</param>
/// <param name="Stop">The index of the level to stop at.</param>
/// <param name="Context">The model's context.</param>
internal sealed record SamplingSetup(
    BoundSampler Sampler, ITrainedCorrection? Correction, IReadOnlyList<double> Levels, int Stop, ModelContext Context)
{
    /// <exception cref="NotApplicableException">The sampler cannot honour the budget, or the correction finds no level to take over at.</exception>
    internal static SamplingSetup Of(JobDesk desk, ITrainedModel model, ITrainedCorrection? correction)
    {
        var spec = desk.Job.Sampling!;
        var sampler = BoundSampler.Of(desk.Session.Create(spec.Sampler), model);
        var levels = sampler.Levels(spec.Nfe);
        if (levels.Count < 2 || !levels.All(double.IsFinite) || levels.Zip(levels.Skip(1)).Any(pair => !(pair.First > pair.Second)))
        {
            throw new InvalidOperationException($"the levels of {spec.Sampler.Id} must be finite and fall, at least two of them: {string.Join(", ", levels)}");
        }

        return new(sampler, correction, levels, correction is null ? levels.Count - 1 : StopOf(sampler, correction, levels), desk.ModelContext);
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

namespace Dfx.Baselines;

/// <summary>What fits of a denoiser's variance share.</summary>
internal static class Fits
{
    /// <summary>The denoiser that a fit builds on.</summary>
    /// <exception cref="NotApplicableException">The source is of another kind.</exception>
    /// <exception cref="InvalidOperationException">The fit's own training augments.</exception>
    internal static IDenoiser Source(ModelContext context) => context switch
    {
        { Augmented: true } => throw new InvalidOperationException("A variance is fitted on plain images: give the fit, not its source, training: { augment: 0 }."),
        { Source: IDenoiser source } => source,
        _ => throw new NotApplicableException("a variance is fitted to a denoiser, and the source is none."),
    };

    /// <summary>The most that a variance can be: 1 for images, whose pixels lie in [-1, 1].</summary>
    internal static double Limit(ModelContext context) => context.Data.IsImages ? 1 : double.PositiveInfinity;

    /// <summary>Noise levels from the schedule's lowest to its highest: the steps of a discrete one, or equal steps of ln sigma.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="count">The most levels.</param>
    internal static double[] Levels(INoiseSchedule schedule, int count) => schedule.Steps is { } steps
        ? [.. Grids.Uniform(1, steps, Math.Min(count, steps)).Select(t => schedule.Sigma(Math.Round(t)))]
        : Grids.LogSnr(schedule.SigmaMax, schedule.SigmaMin, count);
}

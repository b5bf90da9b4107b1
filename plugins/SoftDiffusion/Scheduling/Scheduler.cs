using System.Collections.Immutable;
using System.Globalization;

namespace Dfx.SoftDiffusion;

/// <summary>
/// Finds the schedule of a dataset. What takes time, the distances between levels of the corruption, depends on the data and not on noise, objective
/// or seed: whoever needs it first computes it, and trainings and analyses read it from then on.
/// </summary>
internal static class Scheduler
{
    /// <summary>The schedule that a method trains along.</summary>
    /// <param name="options">The method's parameters.</param>
    /// <param name="corruption">Its corruption.</param>
    /// <param name="data">The dataset.</param>
    /// <param name="device">Where distances are computed.</param>
    /// <param name="store">Where they are kept.</param>
    /// <param name="progress">Who is told how far it has come.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="ArgumentException">There are too few images, fewer levels that differ than nodes, or no path.</exception>
    internal static SoftSchedule Of(
        SoftOptions options, ILinearCorruption corruption, IDataSource data, torch.Device device, ITensorStore store, IProgressHost progress, CancellationToken cancellation)
    {
        var linear = options.Through(Linear(corruption));
        if (options.Schedule == ScheduleKind.Linear)
        {
            return linear;
        }

        var graph = Graph(options, corruption, data, device, store, progress, cancellation);
        return options.Through(options.Schedule == ScheduleKind.MseMatching ? Matching(graph, linear, data.Shape) : graph.Path(options.Nodes).Levels);
    }

    /// <summary>The first level and the last.</summary>
    internal static ImmutableArray<double> Linear(ILinearCorruption corruption) => [corruption.Least, corruption.Most];

    /// <summary>The nodes of <see cref="MseMatching"/> for noise and t_A of a schedule.</summary>
    internal static ImmutableArray<double> Matching(ScheduleGraph graph, SoftSchedule noise, DataShape shape) =>
        MseMatching.For(shape).Levels(graph.All, noise with { ChangingNoise = false }, shape.Elements);

    /// <summary>The distances between candidates, from the store if it has them.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    /// <inheritdoc cref="Of" path="/exception"/>
    internal static ScheduleGraph Graph(
        SoftOptions options, ILinearCorruption corruption, IDataSource data, torch.Device device, ITensorStore store, IProgressHost progress, CancellationToken cancellation)
    {
        var levels = Candidates.Of(options.Spacing, corruption.Least, corruption.Most, options.Candidates);
        var key = Key(options, corruption, data.Shape);
        var all = Stored(store, key, levels, () => Over(images => PairedDistances.Of(corruption, levels, images, progress, cancellation)));
        var kept = all.Among(Candidates.Kept(all));
        return new(all, options.Distance == LevelDistance.ClosedForm ? kept : Stored(store, $"{key}, sinkhorn of {options.Nodes} nodes", kept.Levels, Sampled));

        LevelDistances Sampled()
        {
            NodePath.Check(kept, options.Nodes);
            var bound = ShortestPath.Bottleneck(kept, options.Nodes - 1);
            return Over(images => SinkhornDistances.Of(corruption, kept, bound, images, progress, cancellation));
        }

        LevelDistances Over(Func<torch.Tensor, LevelDistances> distances)
        {
            using var scope = torch.NewDisposeScope();
            return distances(ScheduleImages.Read(data, options.ScheduleImages).to(device));
        }
    }

    private static LevelDistances Stored(ITensorStore store, string key, ImmutableArray<double> levels, Func<LevelDistances> make)
    {
        const string Name = "distances";
        var stored = store.Stored(key, () => new Dictionary<string, torch.Tensor> { [Name] = make().ToTensor() });
        return LevelDistances.From(levels, stored[Name]);
    }

    // The store keeps datasets, devices and versions of this code apart by itself.
    private static string Key(SoftOptions options, ILinearCorruption corruption, DataShape shape) => string.Create(
        CultureInfo.InvariantCulture,
        $"soft-schedule, {Text(corruption)} of {shape.Height} x {shape.Width}, {options.Candidates} {options.Spacing} candidates, {options.ScheduleImages} images");

    private static string Text(ILinearCorruption corruption) => corruption switch
    {
        GaussianBlur blur => string.Create(CultureInfo.InvariantCulture, $"blur from {blur.Least:R} to {blur.Most:R}, half width {blur.HalfWidth}"),
        Masking mask => string.Create(CultureInfo.InvariantCulture, $"mask {mask.Order}, {mask.Rings} groups, softness {mask.Softness:R}"),
        _ => throw new NotSupportedException($"The schedule of {corruption.GetType().Name} cannot be kept: say here what tells two of its kind apart."),
    };
}

namespace Dfx.ResidualCorrection.Pairs;

/// <summary>Pairs of one step of training.</summary>
/// <param name="State">y_b: [N, C, H, W], float32.</param>
/// <param name="Clean">x0 of the same shape.</param>
/// <param name="Stops">b, indices into the grid.</param>
internal sealed record PairBatch(torch.Tensor State, torch.Tensor Clean, int[] Stops);

/// <summary>Where pairs of a training come from.</summary>
internal interface IPairSupply
{
    /// <summary>The law of their levels.</summary>
    PairLaw Law { get; }

    /// <summary>The grid of their levels.</summary>
    IReadOnlyList<double> Grid { get; }

    /// <summary>The pairs of a step: new tensors, a function of the step alone.</summary>
    PairBatch Of(TrainingBatch batch);
}

/// <summary>Pairs that are made anew every step.</summary>
internal sealed class LivePairs : IPairSupply
{
    private readonly PairOptions _options;
    private readonly Trajectories _trajectories;
    private readonly PairImages _images;
    private readonly CancellationToken _cancellation;

    internal LivePairs(CorrectionContext context, PairOptions options)
    {
        PairImages.CheckTask(context.Training.Model);
        (_options, _cancellation) = (options, context.Training.Cancellation);
        _trajectories = new(context.Source, options);
        _images = new(context.Training.Model, context.Training.Settings.Flip, options.Geometry);
    }

    public PairLaw Law => _trajectories.Law;

    public IReadOnlyList<double> Grid => _trajectories.Grid;

    public PairBatch Of(TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var uniform = batch.Noise("pair/numbers").Uniform(batch.Step, batch.Count, PairImages.Numbers);
        var (starts, stops, steps) = Levels(batch);
        var images = batch.Drawn(batch.First, batch.Count);
        var (clean, normal) = (_images.Clean(images, uniform), batch.Normal("pair/noise"));
        var told = _images.Observed(images, clean, batch.First);
        var state = steps is null
            ? _trajectories.Stop(clean, normal, starts, stops, told, null, _cancellation)
            : _trajectories.Resubdivided(clean, normal, starts, stops, steps, told, _cancellation);
        return new(scope.MoveToOuter(state.@float()), scope.MoveToOuter(clean), stops);
    }

    // Integers are drawn where they are used: to read numbers back from a GPU would wait for it. With shared levels, those of the step's first image are everyone's.
    private (int[] Starts, int[] Stops, int[]? Steps) Levels(TrainingBatch batch)
    {
        var shared = _options.Batching == PairBatching.Shared;
        double[] Column(string purpose) => shared
            ? [.. Enumerable.Repeat(Uniforms(batch.Whole, purpose, 1)[0], batch.Count)]
            : Uniforms(batch, purpose, batch.Count);
        int[] starts = [.. Column("pair/start").Select(Law.DrawStart)];
        int[] stops = [.. Column("pair/stop").Zip(starts, (u, a) => Law.DrawStop(a, u))];
        return (starts, stops, _options.Resubdivide is { } most ? [.. Column("pair/steps").Select(u => 1 + (int)(u * most))] : null);
    }

    /// <summary>Uniform numbers in (0, 1) of a step, on the CPU.</summary>
    internal static double[] Uniforms(TrainingBatch batch, string purpose, int count) =>
        Array.ConvertAll(batch.Noise(purpose).Integers(batch.Step, 1 << 24, count), i => (i + 0.5) / (1 << 24));
}

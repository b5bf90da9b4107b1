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
        int[] starts = [.. Drawn(batch, "pair/start").Select(Law.DrawStart)];
        int[] stops = [.. Drawn(batch, "pair/stop").Zip(starts, (u, a) => Law.DrawStop(a, u))];
        var images = batch.Drawn(batch.First, batch.Count);
        var (clean, normal) = (_images.Clean(images, uniform), batch.Normal("pair/noise"));
        var state = _trajectories.End(clean, normal, starts, stops, () => Drawn(batch, "pair/steps"), _images.Observed(images, clean, batch.First), _cancellation);
        return new(scope.MoveToOuter(state.@float()), scope.MoveToOuter(clean), stops);
    }

    // With shared levels, those of the step's first image are everyone's.
    private double[] Drawn(TrainingBatch batch, string purpose) => _options.Batching == PairBatching.Shared
        ? [.. Enumerable.Repeat(Uniforms(batch.Whole, purpose, 1)[0], batch.Count)]
        : Uniforms(batch, purpose, batch.Count);

    /// <summary>Uniform numbers in (0, 1) of a step. They are drawn as integers, on the CPU where they are used: to read numbers back from a GPU would wait for it.</summary>
    internal static double[] Uniforms(TrainingBatch batch, string purpose, int count) =>
        Array.ConvertAll(batch.Noise(purpose).Integers(batch.Step, 1 << 24, count), i => (i + 0.5) / (1 << 24));
}

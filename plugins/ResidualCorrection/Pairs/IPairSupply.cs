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
        var (starts, stops, steps) = Levels(uniform);
        var images = batch.Drawn(batch.First, batch.Count);
        var (clean, normal) = (_images.Clean(images, uniform), batch.Normal("pair/noise"));
        var told = _images.Observed(images, clean);
        var state = steps is null
            ? _trajectories.Stop(clean, normal, starts, stops, told, null, _cancellation)
            : _trajectories.Resubdivided(clean, normal, starts, stops, steps, told, _cancellation);
        return new(scope.MoveToOuter(state.@float()), scope.MoveToOuter(clean), stops);
    }

    // With shared levels, those of the first image are everyone's.
    private (int[] Starts, int[] Stops, int[]? Steps) Levels(torch.Tensor uniform)
    {
        using var scope = torch.NewDisposeScope();
        var rows = uniform.cpu();
        var drawn = _options.Batching == PairBatching.Shared ? rows[0].expand(rows.shape[0], -1) : rows;
        double[] Column(int column) => drawn.select(1, column).@double().contiguous().data<double>().ToArray();
        int[] starts = [.. Column(PairImages.Start).Select(Law.DrawStart)];
        int[] stops = [.. Column(PairImages.Stop).Zip(starts, (u, a) => Law.DrawStop(a, u))];
        return (starts, stops, _options.Resubdivide is { } most ? [.. Column(PairImages.Steps).Select(u => 1 + (int)(u * most))] : null);
    }
}

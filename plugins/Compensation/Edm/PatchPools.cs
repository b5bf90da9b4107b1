namespace Dfx.Compensation;

/// <summary>
/// Rows of patches (Wang et al. 2023): a pool for each size, as many rows in it as that method has patches of the size in a batch, of which a step refills and advances
/// one. Each row draws an image of its own and cuts image, condition and coordinates at the same place.
/// </summary>
internal sealed class PatchPools : IRolloutPools, IDisposable
{
    // Sides of patches as parts of the image's.
    private static readonly int[] s_divisors = [1, 2, 4];

    private readonly PatchCutter _patches;
    private readonly double _realShare;
    private readonly Dictionary<int, RolloutPool> _pools;
    private (TrainingBatch Batch, int Divisor)? _seen;

    /// <param name="context">The run, with the coordinates as channels of its task.</param>
    /// <param name="patches">Cuts them.</param>
    /// <param name="realShare">The share of steps with whole images.</param>
    /// <param name="levels">Where rows enter and how they go down.</param>
    /// <param name="rollout">K.</param>
    internal PatchPools(TrainingContext context, PatchCutter patches, double realShare, IRolloutLevels levels, long rollout)
    {
        (_patches, _realShare) = (patches, realShare);
        _pools = s_divisors.ToDictionary(d => d, d => new RolloutPool(
            context.Model, context.Settings.Batch * d, patches.Shape(d), levels, rollout, Source(d, context.Settings.Batch * d)));
    }

    public IReadOnlyDictionary<string, torch.Tensor> State =>
        _pools.SelectMany(pool => pool.Value.State.Select(t => KeyValuePair.Create($"patches-{pool.Key}/{t.Key}", t.Value))).ToDictionary();

    public long Drawn => _pools.Values.Sum(pool => pool.Drawn);

    /// <summary>The pool of a step, by the number that decides the size of its patches.</summary>
    public RolloutPool Of(TrainingBatch batch) => _pools[Divisor(batch.Whole)];

    public void Dispose()
    {
        foreach (var pool in _pools.Values)
        {
            pool.Dispose();
        }
    }

    // Asked for several times a step, and a draw waits for the device.
    private int Divisor(TrainingBatch batch)
    {
        if (!ReferenceEquals(_seen?.Batch, batch))
        {
            _seen = (batch, PatchCutter.Divisor(batch, _realShare));
        }

        return _seen!.Value.Divisor;
    }

    // All pools together go once through the run's images.
    private RolloutSource Source(int divisor, int rows) => new(
        (batch, _, count) =>
        {
            var (images, condition) = RolloutSource.Plain.Images(batch, Drawn, count);
            return _patches.Cut(batch, images, condition, divisor, 1);
        },
        batch => batch.Noise("rollout-noise").Normal(batch.Step, _patches.Shape(divisor).Batch(rows)));
}

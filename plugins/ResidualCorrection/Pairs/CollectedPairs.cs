namespace Dfx.ResidualCorrection.Pairs;

/// <summary>
/// Pairs of a collection: every epoch goes once through its trajectories, in an order of its own, and takes of each a state by the law of stops. Residuals are read from disk, a
/// batch at a time.
/// </summary>
internal sealed class CollectedPairs : IPairSupply
{
    private readonly ICollectedRows _collection;
    private readonly PairImages _images;
    private readonly torch.Device _device;
    private readonly EpochOrder _order;
    private readonly bool _oneStop;
    private readonly int[] _image;
    private readonly int[] _start;
    private readonly int[] _stop;
    private readonly int[] _first;

    /// <param name="context">The training.</param>
    /// <param name="options">Those that the collection was made with.</param>
    internal CollectedPairs(CorrectionContext context, PairOptions options)
    {
        _collection = context.Collection ?? throw new ArgumentException("batching: harvest learns from collected pairs, and there are none.", nameof(context));
        // Whether an image was mirrored stands in its numbers.
        (_device, _images) = (context.Training.Model.Device, new(context.Training.Model, flip: true, options.Geometry));
        Grid = options.Grid(context.Source.Schedule);
        Law = PairLaw.Of(Grid, options);
        (_image, _start, _stop) = (Column(Harvest.Image), Column(Harvest.Start), Column(Harvest.Stop));
        _oneStop = options.OneStop;
        _first = [.. Enumerable.Range(0, _start.Length).Where(row => _oneStop || _stop[row] == _start[row] + 1)];
        _order = new(context.Training.Noise("pair/order"), _first.Length);
    }

    public PairLaw Law { get; }

    public IReadOnlyList<double> Grid { get; }

    public PairBatch Of(TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var rows = Rows(batch);
        var images = Array.ConvertAll(rows, row => _image[row]);
        var clean = _images.Clean(images, _collection.Read(Harvest.Uniform, rows).to(_device));
        var state = clean + _collection.Read(Harvest.Residual, rows).to(_device).@float();
        return new(scope.MoveToOuter(state), scope.MoveToOuter(clean), Array.ConvertAll(rows, row => _stop[row]));
    }

    /// <summary>The rows of a step, a pair each.</summary>
    internal long[] Rows(TrainingBatch batch) => [.. _order.Drawn(batch.First, batch.Count).Zip(LivePairs.Uniforms(batch, "pair/stop", batch.Count), Row)];

    // Rows of one trajectory stand together, from the first level after its start on.
    private long Row(int trajectory, double uniform)
    {
        var first = _first[trajectory];
        return _oneStop ? first : first + Law.DrawStop(_start[first], uniform) - _start[first] - 1;
    }

    private int[] Column(string name)
    {
        using var column = _collection.Column(name);
        return column.data<int>().ToArray();
    }
}

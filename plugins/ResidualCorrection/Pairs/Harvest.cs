using Dfx.Numerics.Noise;

namespace Dfx.ResidualCorrection.Pairs;

/// <summary>
/// Collects pairs: every trajectory goes on from its start to the last stop level, and each of its states is a pair, which costs two evaluations of the source with Heun's method
/// where a pair by itself costs 9.5. Trajectory i depends on the seed and i alone.
/// </summary>
internal sealed class Harvest
{
    /// <summary>The columns: y_b - x0 in half precision (y_b itself would lose a part of its noise), and what x0 is made of.</summary>
    internal const string Residual = "residual";
    internal const string Image = "image";
    internal const string Start = "start";
    internal const string Stop = "stop";
    internal const string Uniform = "uniform";

    // Numbers of states that a part keeps at once, about, and trajectories of small images.
    private const long PartElements = 1L << 26;
    private const int MostTrajectories = 256;

    private readonly CollectionContext _context;
    private readonly PairOptions _options;
    private readonly Trajectories _trajectories;
    private readonly PairImages _images;
    private readonly EpochOrder _order;

    internal Harvest(CollectionContext context, PairOptions options)
    {
        (_context, _options) = (context, options);
        _trajectories = new(context.Source, options);
        _images = new(context.Model, context.Flip, options.Geometry);
        _order = new(context.Model.Noise("order"), context.Model.Data.Count(Split.Train));
    }

    private int PartSize => (int)Math.Clamp(PartElements / (_context.Model.Data.Shape.Elements * _options.Levels), 1, MostTrajectories);

    /// <summary>Makes the parts that are not there.</summary>
    internal void Run()
    {
        long done = 0;
        for (var (first, part) = (0L, 0); done < _options.Pairs; part++)
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            var starts = Starts(first, _options.Pairs - done);
            done += starts.Sum(PairsOf);
            if (part >= _context.Host.Parts)
            {
                Add(first, starts);
                _context.Host.Report(Math.Min(done, _options.Pairs), _options.Pairs, "pairs");
            }

            first += starts.Length;
        }
    }

    // How many pairs a trajectory gives.
    private int PairsOf(int start) => _options.OneStop ? 1 : _trajectories.Last - start;

    // As many trajectories as a part takes, and no more than are needed.
    private int[] Starts(long first, long needed)
    {
        using var scope = torch.NewDisposeScope();
        var values = Column(Numbers(first, PartSize, torch.CPU).Uniform(PairImages.Numbers), PairImages.Start);
        List<int> starts = [];
        foreach (var start in values.Select(_trajectories.Law.DrawStart))
        {
            if (needed <= 0)
            {
                break;
            }

            starts.Add(start);
            needed -= PairsOf(start);
        }

        return [.. starts];
    }

    private void Add(long first, int[] starts)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var noise = Numbers(first, starts.Length, _context.Model.Device);
        var (uniform, normal, images) = (_images.Numbered(noise.Uniform(PairImages.Numbers).@float()), noise.Normal(), _order.Drawn(first, starts.Length));
        var clean = _images.Clean(images, uniform);
        var told = _images.Observed(images, clean, first);
        var states = _options.OneStop ? OneStop(clean, normal, starts, uniform, told) : EveryStop(clean, normal, starts, told);
        _context.Host.Add(Columns(states, images, starts, uniform));
    }

    /// <summary>States that were reached together or in one part.</summary>
    /// <param name="Rows">Their trajectories.</param>
    /// <param name="Stops">Their levels.</param>
    /// <param name="Residual">y_b - x0, in half precision on the CPU.</param>
    private sealed record States(int[] Rows, int[] Stops, torch.Tensor Residual);

    private List<States> EveryStop(torch.Tensor clean, torch.Tensor normal, int[] starts, Condition? told)
    {
        List<States> all = [];
        int[] stops = [.. starts.Select(_ => _trajectories.Last)];
        _trajectories.Stop(clean, normal, starts, stops, told, Keep, _context.Cancellation);
        return all;

        void Keep(int level, int[] rows, torch.Tensor states)
        {
            using var scope = torch.NewDisposeScope();
            all.Add(Kept(rows, [.. rows.Select(_ => level)], states, clean.index_select(0, Flow.Index(rows, clean.device))));
        }
    }

    private List<States> OneStop(torch.Tensor clean, torch.Tensor normal, int[] starts, torch.Tensor uniform, Condition? told)
    {
        var stops = Column(uniform, PairImages.Stop).Zip(starts, (u, a) => _trajectories.Law.DrawStop(a, u)).ToArray();
        var ends = _trajectories.End(clean, normal, starts, stops, () => Column(uniform, PairImages.Steps), told, _context.Cancellation);
        return [Kept([.. Enumerable.Range(0, stops.Length)], stops, ends, clean)];
    }

    private static States Kept(int[] rows, int[] stops, torch.Tensor states, torch.Tensor clean) =>
        new(rows, stops, (states - clean).to(torch.float16).cpu().DetachFromDisposeScope());

    // Rows of a trajectory stand together, in the order of their levels.
    private static Dictionary<string, torch.Tensor> Columns(List<States> states, int[] images, int[] starts, torch.Tensor uniform)
    {
        var all = states.SelectMany(some => some.Rows.Zip(some.Stops)).Index().OrderBy(one => one.Item.First).ThenBy(one => one.Item.Second).ToList();
        var residual = torch.cat([.. states.Select(some => some.Residual)]).index_select(0, Flow.Index([.. all.Select(one => one.Index)], torch.CPU));
        states.ForEach(some => some.Residual.Dispose());
        return new()
        {
            [Residual] = residual,
            [Image] = Whole(one => images[one.Row]),
            [Start] = Whole(one => starts[one.Row]),
            [Stop] = Whole(one => one.Level),
            [Uniform] = uniform.cpu().index_select(0, Flow.Index([.. all.Select(one => one.Item.First)], torch.CPU)),
        };

        torch.Tensor Whole(Func<(int Row, int Level), int> of) => torch.tensor(all.Select(one => of(one.Item)).ToArray(), torch.int32);
    }

    private static double[] Column(torch.Tensor uniform, int column) => uniform.select(1, column).@double().cpu().data<double>().ToArray();

    private SampleNoise Numbers(long first, int count, torch.Device device) =>
        new(NoiseKey.For(_context.Model.Seed, _context.Model.Scope + "trajectory"), first, count, _context.Model.Data.Shape, device);
}

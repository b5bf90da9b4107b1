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
    private (long Epoch, int[] Order) _order = (-1, []);
    private long _firstRow;

    internal Harvest(CollectionContext context, PairOptions options)
    {
        PairImages.CheckTask(context.Model);
        (_context, _options) = (context, options);
        _trajectories = new(context.Source, options);
        _images = new(context.Model, context.Flip, options.Geometry);
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
            done += starts.Sum(Kept);
            if (part >= _context.Host.Parts)
            {
                Add(first, starts);
                _context.Host.Report(Math.Min(done, _options.Pairs), _options.Pairs, "pairs");
            }

            first += starts.Length;
        }
    }

    private int Kept(int start) => _options.OneStop ? 1 : _trajectories.Last - start;

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
            needed -= Kept(start);
        }

        return [.. starts];
    }

    private void Add(long first, int[] starts)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        _firstRow = first;
        var noise = Numbers(first, starts.Length, _context.Model.Device);
        var (uniform, normal, images) = (_images.Numbered(noise.Uniform(PairImages.Numbers).@float()), noise.Normal(), Drawn(first, starts.Length));
        var clean = _images.Clean(images, uniform);
        var states = _options.OneStop ? OneStop(clean, normal, images, starts, uniform) : EveryStop(clean, normal, images, starts);
        _context.Host.Add(Columns(states, images, starts, uniform));
    }

    /// <summary>States that were reached together or in one part.</summary>
    /// <param name="Rows">Their trajectories.</param>
    /// <param name="Stops">Their levels.</param>
    /// <param name="Residual">y_b - x0, in half precision on the CPU.</param>
    private sealed record States(int[] Rows, int[] Stops, torch.Tensor Residual);

    private List<States> EveryStop(torch.Tensor clean, torch.Tensor normal, int[] images, int[] starts)
    {
        List<States> all = [];
        int[] stops = [.. starts.Select(_ => _trajectories.Last)];
        _trajectories.Stop(clean, normal, starts, stops, _images.Observed(images, clean, _firstRow), Keep, _context.Cancellation);
        return all;

        void Keep(int level, int[] rows, torch.Tensor states)
        {
            using var scope = torch.NewDisposeScope();
            var own = clean.index_select(0, torch.tensor(Array.ConvertAll(rows, i => (long)i)).to(clean.device));
            all.Add(new(rows, [.. rows.Select(_ => level)], (states - own).to(torch.float16).cpu().DetachFromDisposeScope()));
        }
    }

    private List<States> OneStop(torch.Tensor clean, torch.Tensor normal, int[] images, int[] starts, torch.Tensor uniform)
    {
        var stops = Column(uniform, PairImages.Stop).Zip(starts, (u, a) => _trajectories.Law.DrawStop(a, u)).ToArray();
        var told = _images.Observed(images, clean, _firstRow);
        var ends = _options.Resubdivide is { } most
            ? _trajectories.Resubdivided(clean, normal, starts, stops, [.. Column(uniform, PairImages.Steps).Select(u => 1 + (int)(u * most))], told, _context.Cancellation)
            : _trajectories.Stop(clean, normal, starts, stops, told, null, _context.Cancellation);
        return [new([.. Enumerable.Range(0, stops.Length)], stops, (ends - clean).to(torch.float16).cpu().DetachFromDisposeScope())];
    }

    // Rows of a trajectory stand together, in the order of their levels.
    private static Dictionary<string, torch.Tensor> Columns(List<States> states, int[] images, int[] starts, torch.Tensor uniform)
    {
        var all = states.SelectMany(some => some.Rows.Zip(some.Stops)).Index().OrderBy(one => one.Item.First).ThenBy(one => one.Item.Second).ToList();
        var residual = torch.cat([.. states.Select(some => some.Residual)]).index_select(0, torch.tensor(all.Select(one => (long)one.Index).ToArray()));
        states.ForEach(some => some.Residual.Dispose());
        return new()
        {
            [Residual] = residual,
            [Image] = Whole(one => images[one.Row]),
            [Start] = Whole(one => starts[one.Row]),
            [Stop] = Whole(one => one.Level),
            [Uniform] = uniform.cpu().index_select(0, torch.tensor(all.Select(one => (long)one.Item.First).ToArray())),
        };

        torch.Tensor Whole(Func<(int Row, int Level), int> of) => torch.tensor(all.Select(one => of(one.Item)).ToArray(), torch.int32);
    }

    private static double[] Column(torch.Tensor uniform, int column) => uniform.select(1, column).@double().cpu().data<double>().ToArray();

    private SampleNoise Numbers(long first, int count, torch.Device device) =>
        new(NoiseKey.For(_context.Model.Seed, _context.Model.Scope + "trajectory"), first, count, _context.Model.Data.Shape, device);

    // Each epoch goes once through the training images, in an order of its own.
    private int[] Drawn(long first, int count)
    {
        var images = new int[count];
        for (var i = 0; i < count; i++)
        {
            var (epoch, place) = Math.DivRem(first + i, _context.Model.Data.Count(Split.Train));
            if (epoch != _order.Epoch)
            {
                _order = (epoch, _context.Model.Noise("order").Permutation(epoch, _context.Model.Data.Count(Split.Train)));
            }

            images[i] = _order.Order[place];
        }

        return images;
    }
}

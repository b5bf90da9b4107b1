using Dfx.Numerics.Noise;
using Dfx.ResidualCorrection.Pairs;

namespace Dfx.ResidualCorrection.Tests.Pairs;

/// <summary>Collected pairs: what they are, what they cost, and that they are those that other ways of batching make.</summary>
[TestFixture]
internal sealed class HarvestTests
{
    [Test]
    public void Every_state_of_a_trajectory_is_a_pair_and_costs_two_evaluations()
    {
        using var scope = torch.NewDisposeScope();
        var source = FormulaDenoiser.Gaussian();
        var pairs = Problem.Collect(source, new() { Pairs = 500 });
        var (starts, stops) = (pairs.Ints(Harvest.Start), pairs.Ints(Harvest.Stop));
        Assert.That(pairs.Rows, Is.GreaterThanOrEqualTo(500).And.LessThan(500 + 16));
        Assert.That(source.Evaluations, Is.EqualTo(2 * pairs.Rows));
        var place = 0;
        while (place < starts.Length)
        {
            var way = 16 - starts[place];
            Assert.That(stops.Skip(place).Take(way), Is.EqualTo(Enumerable.Range(starts[place] + 1, way)));
            Assert.That(starts.Skip(place).Take(way), Is.All.EqualTo(starts[place]));
            place += way;
        }
    }

    [TestCase(PairSolver.Heun, PairCoupling.ForwardNoise, false)]
    [TestCase(PairSolver.Euler, PairCoupling.OdeEncode, false)]
    [TestCase(PairSolver.DpmSolver2, PairCoupling.ForwardNoise, false)]
    [TestCase(PairSolver.Heun, PairCoupling.ForwardNoise, true)]
    public void A_collected_pair_is_what_its_image_noise_and_levels_make(PairSolver solver, PairCoupling coupling, bool moved)
    {
        using var scope = torch.NewDisposeScope();
        var options = new PairOptions { Pairs = 60, Solver = solver, Coupling = coupling, Rotate = moved, Crop = moved };
        var (source, data) = (FormulaDenoiser.Gaussian(), new GaussianData());
        var pairs = Problem.Collect(source, options, data, flip: moved);
        var (images, starts, stops) = (pairs.Ints(Harvest.Image), pairs.Ints(Harvest.Start), pairs.Ints(Harvest.Stop));
        var (noise, uniform) = Draws(starts, stops);
        var clean = new PairImages(Problem.Model(data), moved, options.Geometry).Clean(images, uniform.@float()).@double();
        var live = new Trajectories(source, options);
        var alone = torch.cat([.. starts.Select((a, i) => live.Stop(clean.narrow(0, i, 1), noise.narrow(0, i, 1), [a], [stops[i]]))]);
        // The residual is kept in half precision.
        var error = (pairs.Column(Harvest.Residual).@double() - (alone - clean)).abs() / (alone - clean).abs().clamp_min(1e-3);
        Assert.That(error.max().ToDouble(), Is.LessThan(6e-4));
        Assert.That(Problem.Same(clean, data.Read(Split.Train, images).@double()), Is.EqualTo(!moved));

        // Training makes the same clean images of what was kept, and states from both.
        var training = Problem.Training(data, batch: 16);
        var supply = new CollectedPairs(new() { Source = source, Collection = pairs, Training = training }, options);
        using var batches = new TrainingBatches(training);
        var (batch, rows) = (supply.Of(batches.Of(0)), torch.tensor(supply.Rows(batches.Of(0))));
        Assert.That((batch.Clean - clean.index_select(0, rows)).abs().max().ToDouble(), Is.LessThan(1e-6));
        Assert.That(((batch.State - alone.index_select(0, rows)).abs() / (alone - clean).index_select(0, rows).abs().clamp_min(1e-2)).max().ToDouble(), Is.LessThan(1e-3));

        // Row by row the noise and the numbers of the trajectory that the row belongs to.
        static (torch.Tensor Noise, torch.Tensor Uniform) Draws(int[] a, int[] b)
        {
            var trajectory = -1;
            var of = torch.tensor(a.Zip(b, (start, stop) => stop == start + 1 ? ++trajectory : trajectory).Select(i => (long)i).ToArray());
            var all = new SampleNoise(NoiseKey.For(1, "collect/trajectory"), 0, trajectory + 1, Problem.Shape, torch.CPU);
            var uniform = all.Uniform(PairImages.Numbers);
            return (all.Normal().index_select(0, of), uniform.index_select(0, of));
        }
    }

    [Test]
    public void An_interrupted_collection_ends_with_the_same_rows()
    {
        using var scope = torch.NewDisposeScope();
        var options = new PairOptions { Pairs = 5000 };
        var whole = Problem.Collect(FormulaDenoiser.Gaussian(), options);
        var rest = new Collected(parts: 1);
        PairSupply.Collect(new() { Source = FormulaDenoiser.Gaussian(), Model = Problem.Model(scope: "collect/"), Flip = false, Host = rest }, options);
        Assert.That(whole.Parts, Is.GreaterThan(1).And.EqualTo(rest.Parts));
        Assert.That(Problem.Same(whole.Column(Harvest.Residual).slice(0, whole.Rows - rest.Rows, whole.Rows, 1), rest.Column(Harvest.Residual)), Is.True);
        Assert.That(whole.Reports[^1], Is.EqualTo((5000, 5000)));
    }

    [Test]
    public void A_fixed_number_of_steps_is_one_pair_a_trajectory()
    {
        using var scope = torch.NewDisposeScope();
        var source = FormulaDenoiser.Gaussian();
        var pairs = Problem.Collect(source, new() { Pairs = 100, N = 3 });
        Assert.That(pairs.Ints(Harvest.Stop).Zip(pairs.Ints(Harvest.Start), (b, a) => b - a), Is.All.EqualTo(3));
        Assert.That((pairs.Rows, source.Evaluations), Is.EqualTo((100, 600)));
    }

    [Test]
    public void New_steps_between_the_levels_are_as_many_as_are_drawn()
    {
        using var scope = torch.NewDisposeScope();
        var source = FormulaDenoiser.Gaussian();
        var pairs = Problem.Collect(source, new() { Pairs = 200, Resubdivide = 4 });
        Assert.That(pairs.Rows, Is.EqualTo(200));
        Assert.That(source.Evaluations / 2.0 / 200, Is.EqualTo(2.5).Within(0.3));
    }

    [Test]
    public void What_is_made_anew_every_step_is_not_collected()
    {
        Assert.That(Problem.Collect(FormulaDenoiser.Gaussian(), new() { Batching = PairBatching.Lockstep }).Rows, Is.Zero);
        Assert.That(Problem.Collect(FormulaDenoiser.Gaussian(), new() { Batching = PairBatching.Shared }).Rows, Is.Zero);
    }

    [Test]
    public void Training_takes_every_trajectory_once_an_epoch_and_stops_by_the_law()
    {
        using var scope = torch.NewDisposeScope();
        var options = new PairOptions { Pairs = 1000 };
        var source = FormulaDenoiser.Gaussian();
        var pairs = Problem.Collect(source, options);
        var (starts, stops) = (pairs.Ints(Harvest.Start), pairs.Ints(Harvest.Stop));
        var (trajectory, of) = (-1, new int[starts.Length]);
        for (var row = 0; row < of.Length; row++)
        {
            of[row] = stops[row] == starts[row] + 1 ? ++trajectory : trajectory;
        }

        var training = Problem.Training(batch: trajectory + 1);
        var supply = new CollectedPairs(new() { Source = source, Collection = pairs, Training = training }, options);
        using var batches = new TrainingBatches(training);
        var counts = new int[18];
        var expected = new double[18];
        for (var epoch = 0; epoch < 40; epoch++)
        {
            var rows = supply.Rows(batches.Of(epoch));
            Assert.That(rows.Select(row => of[row]).Order(), Is.EqualTo(Enumerable.Range(0, trajectory + 1)));
            foreach (var row in rows)
            {
                counts[stops[row]]++;
                for (var b = starts[row] + 1; b <= 16; b++)
                {
                    expected[b] += 1.0 / (16 - starts[row]);
                }
            }
        }

        var square = Enumerable.Range(1, 16).Where(b => expected[b] > 5).Sum(b => Math.Pow(counts[b] - expected[b], 2) / expected[b]);
        Assert.That(square, Is.LessThan(45), "chi-square of 15 degrees of freedom");
        Assert.That(Problem.Same(supply.Of(batches.Of(3)).State, supply.Of(batches.Of(3)).State), Is.True);
    }

    [TestCase(PairBatching.Lockstep)]
    [TestCase(PairBatching.Shared)]
    public void Live_pairs_cost_what_their_way_costs(PairBatching batching)
    {
        using var scope = torch.NewDisposeScope();
        var options = new PairOptions { Batching = batching };
        var (source, training) = (FormulaDenoiser.Gaussian(), Problem.Training(steps: 50, batch: 16));
        var supply = new LivePairs(new() { Source = source, Training = training }, options);
        using var batches = new TrainingBatches(training);
        var stops = Enumerable.Range(0, 50).Select(step => supply.Of(batches.Of(step)).Stops).ToList();
        Assert.That(source.Evaluations / 2.0 / (50 * 16), Is.EqualTo(4.75).Within(batching == PairBatching.Shared ? 2 : 0.5));
        Assert.That(stops.Count(s => s.Distinct().Count() == 1), batching == PairBatching.Shared ? Is.EqualTo(50) : Is.Zero);
    }

    [Test]
    public void Tasks_that_hide_a_part_of_the_image_have_no_pairs()
    {
        var hides = new CollectionContext
        {
            Source = FormulaDenoiser.Gaussian(),
            Model = Problem.Model() with { Task = new HalfTask() },
            Flip = false,
            Host = new Collected(),
        };
        Assert.That(() => PairSupply.Collect(hides, new()), Throws.InstanceOf<NotApplicableException>());
    }

    private sealed class HalfTask : ITask
    {
        public MetricKinds Metrics => MetricKinds.Paired;

        public int ConditionChannels(DataShape shape) => 2;

        public Condition? Observe(TaskImages images) => null;
    }
}

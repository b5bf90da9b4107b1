namespace Dfx.Compensation.Tests.Edm;

/// <summary>Rows of patches.</summary>
[TestFixture]
internal sealed class PatchPoolsTests
{
    private const double RealShare = 0.3;

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // Where a patch is, the coordinates say; which image it is of, its pixels.
    [Test]
    public void Image_condition_and_coordinates_are_cut_at_one_place()
    {
        using var run = new Run(EdmProblem.Context(task: new SeeingTask()));
        var (images, grid) = (Images(), Patches.Coordinates(new(1, PatternData.Side, PatternData.Side), torch.CPU)[0]);
        HashSet<(long, long, long)> places = [];
        run.Steps(10, (_, rows) =>
        {
            for (var i = 0; i < rows.Clean.shape[0]; i++)
            {
                var (clean, channels) = (rows.Clean[i], rows.Condition!.Channels![i]);
                var (image, top, left) = Find(images, clean, channels);
                var (height, width) = (clean.shape[1], clean.shape[2]);
                Assert.That(EdmProblem.Same(clean, images[image].narrow(1, top, height).narrow(2, left, width)));
                Assert.That(EdmProblem.Same(channels.narrow(0, 0, 1), clean + 1));
                Assert.That(EdmProblem.Same(channels.narrow(0, 1, 2), grid.narrow(1, top, height).narrow(2, left, width)));
                places.Add((height, top, left));
            }
        });
        Assert.That(places.Select(p => p.Item1).Distinct(), Is.EquivalentTo(new[] { 4, 8, 16 }));
        Assert.That(places.Count(p => p.Item1 == 4), Is.GreaterThan(20), "patches are all over the image");
    }

    // As many rows as a batch of Patch Diffusion has patches of the size, by the same draw.
    [Test]
    public void A_step_has_the_rows_of_one_size()
    {
        using var run = new Run(EdmProblem.Context());
        run.Steps(12, (batch, rows) =>
        {
            var divisor = PatchCutter.Divisor(batch, RealShare);
            Assert.That(rows.X.shape, Is.EqualTo(new long[] { EdmProblem.Batch * divisor, 1, PatternData.Side / divisor, PatternData.Side / divisor }));
            Assert.That(rows.Noise.shape, Is.EqualTo(rows.X.shape));
        });
    }

    [Test]
    public void The_other_pools_stay_as_they_are()
    {
        using var run = new Run(EdmProblem.Context());
        HashSet<string> moved = [];
        var before = EdmProblem.Copy(run.Pools.State);
        run.Steps(12, (_, _) => { }, batch =>
        {
            var own = $"patches-{PatchCutter.Divisor(batch, RealShare)}/";
            var after = EdmProblem.Copy(run.Pools.State);
            var changed = after.Keys.Where(name => !EdmProblem.Same(after[name], before[name])).ToList();
            Assert.That(changed, Is.Not.Empty.And.All.StartsWith(own));
            moved.Add(own);
            before = after;
        });
        Assert.That(moved, Has.Count.EqualTo(3));
    }

    // All pools together: no image comes again before every other one.
    [Test]
    public void An_epoch_goes_once_through_the_images()
    {
        using var run = new Run(EdmProblem.Context());
        var (images, drawn, seen) = (Images(), new List<int>(), new HashSet<double>());
        run.Steps(40, (_, rows) =>
        {
            // A row has its noise as long as it has its image.
            var fresh = Enumerable.Range(0, (int)rows.Clean.shape[0]).Where(i => seen.Add(rows.Noise[i].@double().sum().ToDouble()));
            drawn.AddRange(fresh.Select(i => Find(images, rows.Clean[i], rows.Condition!.Channels![i]).Image));
            Assert.That(run.Pools.Drawn, Is.EqualTo(drawn.Count));
        });
        Assert.That(drawn.Take(PatternData.Images), Is.Unique);
        Assert.That(drawn.Skip(PatternData.Images).Take(PatternData.Images), Is.Unique);
    }

    // The first use of a size, whatever the step: from then on as many rows are drawn at every use.
    [Test]
    public void Ages_of_a_pool_differ_from_its_first_step_on()
    {
        using var run = new Run(EdmProblem.Context());
        run.Steps(40, (_, _) => { }, batch =>
        {
            var ages = run.Pools.State[$"patches-{PatchCutter.Divisor(batch, RealShare)}/age"];
            Assert.That(ages.min().ToInt64(), Is.Not.EqualTo(ages.max().ToInt64()));
        });
    }

    private static torch.Tensor Images() => new PatternData().Read(Split.Train, [.. Enumerable.Range(0, PatternData.Images)]);

    private static long Place(torch.Tensor coordinate) => (long)Math.Round((coordinate.ToSingle() + 1) / 2 * (PatternData.Side - 1));

    // The coordinates are the last channels, columns before rows.
    private static (int Image, long Top, long Left) Find(torch.Tensor images, torch.Tensor patch, torch.Tensor channels)
    {
        var count = channels.shape[0];
        var (left, top) = (Place(channels[count - 2, 0, 0]), Place(channels[count - 1, 0, 0]));
        return ((int)images.select(1, 0).select(1, top).select(1, left).eq(patch[0, 0, 0]).nonzero().ToInt64(), top, left);
    }

    /// <summary>Steps of the pools alone: rows are refilled, looked at, and moved with the true term and no network.</summary>
    private sealed class Run : IDisposable
    {
        private readonly PatchCutter _patches;
        private readonly TrainingBatches _batches;

        internal Run(TrainingContext context)
        {
            _patches = new(context.Model, UNets.Light(4));
            _batches = new(context);
            Pools = new(EdmProblem.Wider(context), _patches, RealShare, EdmProblem.Rollout.Levels, 1);
        }

        internal PatchPools Pools { get; }

        internal void Steps(int count, Action<TrainingBatch, RolloutRows> look, Action<TrainingBatch>? after = null)
        {
            for (var step = 0; step < count; step++)
            {
                using var scope = torch.NewDisposeScope();
                using var batch = _batches.Of(step);
                Pools.Of(batch).Refill(batch);
                var rows = Pools.Of(batch).Rows();
                look(batch, rows);
                Pools.Of(batch).Advance(torch.zeros_like(rows.X), false, (r, _, clean) => Compensation.Oracle(clean, r.Clean, r.Sigma, r.Next));
                after?.Invoke(batch);
            }
        }

        public void Dispose()
        {
            Pools.Dispose();
            _batches.Dispose();
            _patches.Dispose();
        }
    }
}

namespace Dfx.Baselines.Tests.Samplers;

/// <summary>RePaint's walk, and what it does with known pixels.</summary>
[TestFixture]
internal sealed class RepaintTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // The published schedule: 250 levels take 4570 moves, 2410 of them down.
    [TestCase(250, 10, 10, 2410, 2160)]
    [TestCase(250, 10, 1, 250, 0)]
    [TestCase(100, 10, 10, 910, 810)]
    [TestCase(100, 5, 5, 480, 380)]
    [TestCase(1, 10, 10, 1, 0)]
    [TestCase(11, 10, 10, 101, 90)]
    public void The_walk_is_the_published_one(int steps, int jump, int resamplings, int down, int up)
    {
        var positions = JumpSchedule.Positions(steps, jump, resamplings).ToList();
        var moves = positions.Zip(positions.Skip(1), (a, b) => b - a).ToList();
        Assert.That(moves.Count(m => m == 1), Is.EqualTo(down));
        Assert.That(moves.Where(m => m < 0).Sum(m => -m), Is.EqualTo(up));
        Assert.That(moves, Has.All.Matches<int>(m => m == 1 || m == -jump));
        Assert.That((positions[0], positions[^1], positions.Min(), positions.Max()), Is.EqualTo((0, steps, 0, steps)));
        Assert.That(JumpSchedule.Evaluations(steps, jump, resamplings), Is.EqualTo(down));
    }

    [Test]
    public void The_largest_number_of_levels_that_fits_is_taken([Values(1, 10, 99, 100, 101, 480, 910, 2410, 5000)] int nfe, [Values(1, 5, 10)] int jump)
    {
        var steps = JumpSchedule.Steps(nfe, jump, 10);
        Assert.That(JumpSchedule.Evaluations(steps, jump, 10), Is.LessThanOrEqualTo(nfe));
        Assert.That(JumpSchedule.Evaluations(steps + 1, jump, 10), Is.GreaterThan(nfe));
    }

    [Test]
    public void Evaluations_are_the_moves_down()
    {
        using var model = new GaussianModel(0.3, 0.25, DiscreteSchedule.Linear());
        var sampler = new RepaintSampler(new(Jump: 5, Resamplings: 5));
        sampler.Sample(model, Requests.Of(sampler, model, 490));
        Assert.That(model.Calls, Has.Count.EqualTo(480));
    }

    [Test]
    public void Without_known_pixels_and_jumps_it_is_ddpm()
    {
        using var model = new GaussianModel(0.3, 0.25, DiscreteSchedule.Linear());
        var sampler = new RepaintSampler(new(Resamplings: 1));
        var request = Requests.Of(sampler, model, 30, count: 3);
        var noise = torch.randn([30, .. request.Start.shape], torch.ScalarType.Float64, generator: new torch.Generator(3, torch.CPU));
        var hole = new Condition { Known = torch.zeros([3, 1, 2, 2]), Mask = torch.zeros([3, 1, 2, 2]) };
        var ddpm = new DdpmSampler(new(DdpmVariance.Small)).Sample(model, request, new Draws(noise).Next);
        var repaint = sampler.Sample(model, request with { Condition = hole }, new Draws(noise).Next, () => torch.ones_like(request.Start));
        Assert.That(repaint.MaxError(ddpm), Is.Zero);
    }

    [Test]
    public void What_is_known_stays([Values(1, 3)] int resamplings)
    {
        using var model = new GaussianModel(0.3, 0.25, new VpSchedule());
        var sampler = new RepaintSampler(new(Jump: 2, Resamplings: resamplings));
        var request = Requests.Of(sampler, model, 30, count: 2);
        var image = torch.tensor([0.5f, -0.25f, 0.75f, 0.125f]).view(1, 1, 2, 2).repeat([2, 1, 1, 1]);
        var some = torch.tensor([1f, 0f, 0f, 1f]).view(1, 1, 2, 2).repeat([2, 1, 1, 1]);
        var half = sampler.Sample(model, request with { Condition = new() { Known = image * some, Mask = some } });
        Assert.That(((half - image) * some).abs().max().ToDouble(), Is.Zero);
        Assert.That(((half - image) * (1 - some)).abs().max().ToDouble(), Is.GreaterThan(0.01));
        var all = sampler.Sample(model, request with { Condition = new() { Known = image, Mask = torch.ones_like(image) } });
        Assert.That(all.MaxError(image), Is.Zero);
    }

    [Test]
    public void A_task_that_knows_no_pixel_is_not_applicable()
    {
        using var model = new GaussianModel(0.3, 0.25, new VpSchedule());
        var sampler = new RepaintSampler(new());
        var request = Requests.Of(sampler, model, 30) with { Condition = new() { Channels = torch.zeros([2, 1, 2, 2]) } };
        Assert.That(() => sampler.Sample(model, request), Throws.TypeOf<NotApplicableException>());
    }

    // At the last visit of a level all jumps that pass it are done: the run that stops there is a beginning of the whole one.
    [Test]
    public void The_state_at_a_level_is_that_of_its_last_visit()
    {
        using var model = new GaussianModel(0.3, 0.25, new VpSchedule());
        var sampler = new RepaintSampler(new(Jump: 3, Resamplings: 2));
        var levels = sampler.Levels(model, 13);
        sampler.Sample(model, Requests.Of(sampler, model, 13));
        var whole = model.Calls.ToList();
        model.Calls.Clear();
        sampler.Sample(model, Requests.Of(sampler, model, 13, stop: levels.Count - 2));
        Assert.That(levels, Has.Count.EqualTo(8));
        Assert.That(model.Calls, Is.EqualTo(whole.Take(12)));
        Assert.That(whole[12], Is.EqualTo(levels[^2]));
    }

    // Two numbers with correlation 0.9, of which the first is known to be 1: the second one's mean is 0.9.
    [Test]
    public void Jumps_bring_the_rest_closer_to_what_is_known()
    {
        var (once, often) = (MeanOfRest(1), MeanOfRest(10));
        Assert.That(Math.Abs(often - 0.9), Is.LessThan(Math.Abs(once - 0.9) / 2));
        Assert.That(often, Is.EqualTo(0.9).Within(0.1));
    }

    private static double MeanOfRest(int resamplings)
    {
        using var model = new CorrelatedPair(DiscreteSchedule.Linear());
        var sampler = new RepaintSampler(new(Jump: 5, Resamplings: resamplings, Clip: false));
        var levels = SampleLevels.Of(model.Schedule, 50, StepSet.Respaced);
        var noise = new SampleNoise(Numerics.Noise.NoiseKey.For(5, "pair"), 0, 4000, model.Shape, torch.CPU);
        var mask = torch.tensor([1f, 0f]).view(1, 1, 1, 2).repeat([4000, 1, 1, 1]);
        var request = Requests.Over(levels, noise.Normal() * levels[0]) with { Noise = noise, Condition = new() { Known = mask, Mask = mask } };
        return sampler.Sample(model, request)[.., .., .., 1].mean().ToDouble();
    }

    /// <summary>Two numbers of variance 1 and correlation 0.9: the denoiser works on their sum and difference, which are independent.</summary>
    private sealed class CorrelatedPair(INoiseSchedule schedule) : IDenoiser
    {
        public INoiseSchedule Schedule => schedule;

        public DataShape Shape => new(1, 1, 2);

        public IReadOnlyList<NetworkCard> Networks => [new("pair", 0)];

        public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
        {
            var noise = sigma.square().view(-1, 1, 1, 1);
            var swapped = x.flip(3);
            return ((x + swapped) * (0.95 / (1.9 + noise))) + ((x - swapped) * (0.05 / (0.1 + noise)));
        }

        public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal() * level;

        public Checkpoint ToCheckpoint() => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}

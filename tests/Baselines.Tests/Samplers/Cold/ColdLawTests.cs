namespace Dfx.Baselines.Tests.Samplers;

/// <summary>What algebra says of Cold Diffusion.</summary>
[TestFixture]
internal sealed class ColdLawTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    private static IEnumerable<INoiseSchedule> Schedules() => [new EdmSchedule(), new VpSchedule(), DiscreteSchedule.Linear()];

    [TestCaseSource(nameof(Schedules))]
    public void With_the_noise_estimated_it_is_ddim(INoiseSchedule schedule)
    {
        using var model = Mixture.Gaussian(0.3, 0.25, schedule);
        var request = Requests.Of(new DdimSampler(new()), model, 25);
        Assert.That(new ColdSampler(new()).Levels((IDenoiser)model, 25), Is.EqualTo(request.Levels));
        Assert.That(new ColdSampler(new()).Sample((IDenoiser)model, request).MaxError(new DdimSampler(new()).Sample(model, request)), Is.LessThan(1e-10));
    }

    // The steps telescope: x_T - s_T z + sum (a_{t-1} - a_t) x0(t), with z = x_T.
    [Test]
    public void With_fixed_noise_the_end_is_a_sum_of_estimates()
    {
        using var model = new GaussianModel(0.3, 0.25, DiscreteSchedule.Linear());
        var sampler = new ColdSampler(new(ColdRule.Fixed));
        var request = Requests.Of(sampler, model, 20);
        static double Signal(double sigma) => 1 / Math.Sqrt(1 + (sigma * sigma));
        var start = request.Start * Signal(request.Levels[0]);
        var expected = start * (1 - (request.Levels[0] * Signal(request.Levels[0])));
        for (var i = 0; i < request.Levels.Count - 1; i++)
        {
            var state = sampler.Sample((IDenoiser)model, request with { Stop = i });
            expected += model.Denoise(state, request.Fill(request.Levels[i])) * (Signal(request.Levels[i + 1]) - Signal(request.Levels[i]));
        }

        Assert.That(sampler.Sample((IDenoiser)model, request).MaxError(expected), Is.LessThan(1e-10));
    }

    [Test]
    public void Fixed_noise_collapses_the_variance()
    {
        using var model = new GaussianModel(0, 0.25, DiscreteSchedule.Linear(), 16);
        var sampler = new ColdSampler(new(ColdRule.Fixed));
        var x = sampler.Sample((IDenoiser)model, Requests.Of(sampler, model, 1000, count: 100));
        Assert.That(x.var().ToDouble() / 0.25, Is.EqualTo(0.0928).Within(5 * 0.0928 * Math.Sqrt(2.0 / x.numel())));
    }

    // D(x, t) = x + t e: the error of the restoration cancels, whatever it is (Bansal et al., section 3.3).
    [Test]
    public void Degradations_that_are_linear_in_t_are_undone_exactly_by_any_restorer()
    {
        var (clean, direction) = (Requests.Over([1, 0], torch.zeros([3, 1, 2, 2])).Noise.Normal(1, 1, 1), 2.0);
        using var model = new Drifting(direction, noise: 0, x => x.sin() * 3);
        foreach (var rule in new[] { ColdRule.Estimated, ColdRule.Fixed })
        {
            var sampler = new ColdSampler(new(rule));
            var levels = sampler.Levels((ICorruptionModel)model, 7);
            var before = clean + (direction * levels[^2]);
            var x = sampler.Sample((ICorruptionModel)model, Requests.Over(levels, clean + direction, levels.Count - 2));
            Assert.That(x.MaxError(before), Is.LessThan(1e-12));
        }

        var naive = new ColdSampler(new(ColdRule.Naive));
        Assert.That(naive.Sample(model, Requests.Over([1, 0.5], clean + direction)).MaxError(clean + (direction / 2)), Is.GreaterThan(0.1));
    }

    [Test]
    public void The_noise_of_a_corruption_is_removed()
    {
        using var model = new Drifting(0.7, noise: 2, x => torch.full_like(x, 0.3));
        var sampler = new ColdSampler(new());
        var levels = sampler.Levels((ICorruptionModel)model, 5);
        var start = Requests.Over([1, 0], torch.zeros([3, 1, 2, 2])).Noise.Normal(1, 1, 1) * 2;
        Assert.That((sampler.Sample(model, Requests.Over(levels, start)) - 0.3).abs().max().ToDouble(), Is.LessThan(1e-12));
        Assert.That(levels, Is.EqualTo(new[] { 1, 0.8, 0.6, 0.4, 0.2, 0 }).Within(1e-12));
    }

    /// <summary>C_t(x) = x + t e with noise t sigma, and any restorer.</summary>
    private sealed class Drifting(double direction, double noise, Func<torch.Tensor, torch.Tensor> restore) : ICorruptionModel, ICorruption
    {
        public ICorruption Corruption => this;

        public DataShape Shape => new(1, 2, 2);

        public IReadOnlyList<NetworkCard> Networks => [new("drifting", 0)];

        public double MinLevel => 1e-3;

        public double Sigma(double t) => t * noise;

        public bool IsIdentity(double t) => t == 0;

        public torch.Tensor Apply(torch.Tensor x, torch.Tensor t) => x + (t.view(-1, 1, 1, 1) * direction);

        public torch.Tensor Restore(torch.Tensor x, torch.Tensor t, Condition? condition = null) => restore(x);

        public torch.Tensor Prior(double level, SampleNoise noise) => throw new NotSupportedException();

        public Checkpoint ToCheckpoint() => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}

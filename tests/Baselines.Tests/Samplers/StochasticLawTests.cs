namespace Dfx.Baselines.Tests.Samplers;

/// <summary>What the contract asks of stochastic and adaptive samplers.</summary>
[TestFixture]
internal sealed class StochasticLawTests
{
    private static readonly (string Name, ISampler<IDenoiser> Sampler, int Least, int Each)[] s_all =
    [
        ("ddpm", new DdpmSampler(new()), 1, 1),
        ("ddpm small", new DdpmSampler(new(DdpmVariance.Small, Clip: false, Grid: DdimGrid.LogSnr)), 1, 1),
        ("ddim clipped", new DdimSampler(new(Clip: true)), 1, 1),
        ("reverse-diffusion", new ReverseDiffusionSampler(new()), 1, 1),
        ("reverse-diffusion flow", new ReverseDiffusionSampler(new(Flow: true)), 1, 1),
        ("ancestral-sde", new AncestralSdeSampler(), 1, 1),
        ("euler-maruyama", new EulerMaruyamaSampler(), 1, 1),
        ("pc", new PcSampler(new()), 2, 2),
        ("pc 2", new PcSampler(new(SdePredictor.Ancestral, SdeCorrector.AnnealedLangevin, CorrectorSteps: 2)), 3, 3),
        ("analytic-ddpm", new Adapted(new AnalyticDdpmSampler(new())), 1, 1),
        ("analytic-ddim", new Adapted(new AnalyticDdimSampler(new())), 1, 1),
        ("repaint", new RepaintSampler(new(Jump: 2, Resamplings: 2)), 1, 1),
        ("cold", new ColdSampler(new()), 1, 1),
        ("cold fixed", new ColdSampler(new(ColdRule.Fixed)), 1, 1),
        ("cold naive", new ColdSampler(new(ColdRule.Naive)), 1, 1),
        ("edm-ablation euler", new AblationSampler(new(Heun: false)), 1, 1),
        ("edm-ablation churn", new AblationSampler(new(FlowTime.Ve, AblationGrid.Iddpm, Heun: false, SChurn: 3)), 1, 1),
        ("rk45", new Rk45Sampler(new()), 9, 0),
        ("rk45 without denoising", new Rk45Sampler(new(Denoise: false)), 8, 0),
        ("dpm-solver-12", new DpmSolverAdaptiveSampler(new(Order: 2)), 3, 0),
        ("dpm-solver-23", new DpmSolverAdaptiveSampler(new()), 4, 0),
    ];

    private static readonly string[] s_names = [.. s_all.Select(s => s.Name)];

    private static readonly string[] s_stepwise = [.. s_all.Where(s => s.Each > 0).Select(s => s.Name)];

    // At the last level these take the denoiser's estimate and nothing else.
    private static readonly string[] s_exact =
    [
        "ddpm", "ddpm small", "ddim clipped", "ancestral-sde", "analytic-ddpm", "analytic-ddim", "repaint", "cold", "cold naive", "rk45",
        "dpm-solver-12", "dpm-solver-23",
    ];

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void Data_of_one_point_are_reached_exactly([ValueSource(nameof(s_exact))] string name, [Values(9, 40)] int nfe, [Values] ProcessKind kind)
    {
        var (sampler, budget) = Of(name, nfe);
        using var model = new GaussianModel(0.3, 0, kind.Process().Schedule);
        var x = sampler.Sample(model, Requests.Of(sampler, model, budget));
        Assert.That((x - 0.3).abs().max().ToDouble(), Is.LessThan(1e-6));
    }

    // The largest number of evaluations that the formula of the sampler's docstring allows.
    [Test]
    public void Budgets_are_used_as_far_as_the_sampler_can([ValueSource(nameof(s_stepwise))] string name, [Values(3, 9, 10, 35)] int nfe)
    {
        var (_, sampler, _, each) = s_all.Single(s => s.Name == name);
        using var model = new GaussianModel(0.3, 0.25, new EdmSchedule());
        sampler.Sample(model, Requests.Of(sampler, model, nfe));
        var expected = name == "repaint" ? Enumerable.Range(1, nfe).Select(t => t + (2 * ((t - 1) / 2))).Last(n => n <= nfe) : nfe / each * each;
        Assert.That(model.Calls, Has.Count.EqualTo(expected));
    }

    [Test]
    public void A_budget_below_the_least_is_not_applicable([ValueSource(nameof(s_names))] string name)
    {
        var (_, sampler, least, _) = s_all.Single(s => s.Name == name);
        using var model = new GaussianModel(0.3, 0.25, new EdmSchedule());
        Assert.That(() => sampler.Levels(model, least - 1), Throws.TypeOf<NotApplicableException>());
        Assert.That(sampler.Levels(model, least), Has.Count.GreaterThanOrEqualTo(2));
    }

    [Test]
    public void Levels_fall_on_every_schedule([ValueSource(nameof(s_names))] string name, [Values(9, 100, 3000)] int nfe, [Values(0, 1, 2, 3)] int schedule)
    {
        INoiseSchedule[] schedules = [new EdmSchedule(), new VeSchedule(), new VpSchedule(), DiscreteSchedule.Linear()];
        using var model = new GaussianModel(0.3, 0.25, schedules[schedule]);
        var levels = s_all.Single(s => s.Name == name).Sampler.Levels(model, nfe);
        Assert.That(levels.Zip(levels.Skip(1)), Has.All.Matches<(double A, double B)>(p => p.A > p.B && p.B >= 0));
    }

    [Test]
    public void A_sample_is_the_same_in_any_batch([ValueSource(nameof(s_names))] string name, [Values] ProcessKind kind)
    {
        var (sampler, budget) = Of(name, 12);
        using var model = new GaussianModel(0.3, 0.25, kind.Process().Schedule);
        var many = sampler.Sample(model, Requests.Of(sampler, model, budget, first: 0, count: 64));
        foreach (var i in new[] { 5, 63 })
        {
            var alone = sampler.Sample(model, Requests.Of(sampler, model, budget, first: i, count: 1));
            Assert.That(alone[0].MaxError(many[i]), Is.LessThan(1e-10));
        }

        Assert.That(many[4].MaxError(many[5]), Is.GreaterThan(1e-3));
    }

    [Test]
    public void A_run_that_stops_earlier_takes_the_same_steps([ValueSource(nameof(s_names))] string name)
    {
        var (sampler, budget) = Of(name, 12);
        using var whole = new GaussianModel(0.3, 0.25, new VpSchedule());
        using var part = new GaussianModel(0.3, 0.25, new VpSchedule());
        var stop = sampler.Levels(whole, budget).Count / 2;
        sampler.Sample(whole, Requests.Of(sampler, whole, budget));
        sampler.Sample(part, Requests.Of(sampler, part, budget, stop: stop));
        Assert.That(part.Calls, Is.EqualTo(whole.Calls.Take(part.Calls.Count)).And.Not.Empty);
    }

    [Test]
    public void The_state_at_level_0_is_the_start([ValueSource(nameof(s_names))] string name)
    {
        var (sampler, budget) = Of(name, 12);
        using var model = new GaussianModel(0.3, 0.25, new VpSchedule());
        var request = Requests.Of(sampler, model, budget, stop: 0);
        var before = request.Start.clone();
        var state = sampler.Sample(model, request);
        Assert.That(state.MaxError(before), Is.LessThan(1e-12));
        state.fill_(7);
        Assert.That(request.Start.MaxError(before), Is.Zero);
        Assert.That(model.Calls, Is.Empty);
    }

    [Test]
    public void The_start_is_left_as_it_was([ValueSource(nameof(s_names))] string name)
    {
        var (sampler, budget) = Of(name, 12);
        using var model = new GaussianModel(0.3, 0.25, new EdmSchedule());
        var request = Requests.Of(sampler, model, budget);
        var before = request.Start.clone();
        sampler.Sample(model, request);
        Assert.That(request.Start.MaxError(before), Is.Zero);
    }

    [Test]
    public void A_cancelled_run_stops([ValueSource(nameof(s_names))] string name)
    {
        var (sampler, budget) = Of(name, 12);
        using var model = new GaussianModel(0.3, 0.25, new EdmSchedule());
        var request = Requests.Of(sampler, model, budget) with { Cancellation = new CancellationToken(canceled: true) };
        Assert.That(() => sampler.Sample(model, request), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Cards_say_who_is_adaptive_and_who_imposes_what_is_known()
    {
        SamplerAttribute Card(Type type) => (SamplerAttribute)Attribute.GetCustomAttribute(type, typeof(SamplerAttribute))!;
        Assert.That(Card(typeof(Rk45Sampler)).Adaptive && Card(typeof(DpmSolverAdaptiveSampler)).Adaptive);
        Assert.That(Card(typeof(RepaintSampler)).ImposesKnown);
    }

    private static (ISampler<IDenoiser> Sampler, int Budget) Of(string name, int nfe)
    {
        var (_, sampler, _, each) = s_all.Single(s => s.Name == name);
        return (sampler, each == 0 ? 100_000 : nfe);
    }
}

namespace Dfx.Baselines.Tests.Samplers;

/// <summary>What DEIS is by definition, and which of its parameters go together.</summary>
[TestFixture]
internal sealed class DeisTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void Order_0_is_ddim_and_euler([Values(DeisKind.Tab, DeisKind.Rhoab)] DeisKind kind, [Values] bool discrete)
    {
        using var model = Mixture.Gaussian(0.3, 0.25, discrete ? DiscreteSchedule.Linear() : new VpSchedule());
        var ddim = new DdimSampler(new());
        var request = Requests.Of(ddim, model, 10);
        var x = new DeisSampler(new(kind, Order: 0)).Sample(model, request);
        Assert.That(x.MaxError(ddim.Sample(model, request)), Is.LessThan(1e-12));
        Assert.That(x.MaxError(new EulerSampler(new()).Sample(model, request)), Is.LessThan(1e-12));
        Assert.That(x.MaxError(new DeisSampler(new(kind, Order: 1)).Sample(model, request)), Is.GreaterThan(1e-3));
    }

    // With sigma = √t, ∫ t^k d sigma = sigma^(2 k + 1) / (2 k + 1); with rho, ∫ rho^k d rho = rho^(k + 1) / (k + 1).
    [Test]
    public void Steps_with_full_history_are_exact_for_polynomials(
        [Values(DeisKind.Tab, DeisKind.Rhoab)] DeisKind kind, [Values(0, 1, 2, 3)] int order)
    {
        var power = (kind == DeisKind.Tab ? 2 : 1) * order;
        using var mixture = Mixture.Gaussian(0, 1, new VeSchedule(0.1, 2));
        using var model = new Wrapped(mixture, (x, sigma) => x - Math.Pow(sigma[0].ToDouble(), power + 1));
        var sampler = new DeisSampler(new(kind, order, DeisGrid.LogRho, Clock: DeisClock.Schedule));
        var levels = sampler.Levels(model, 8);
        for (var i = order; i < 8; i++)
        {
            var step = State(sampler, model, i + 1) - State(sampler, model, i);
            var expected = (Math.Pow(levels[i + 1], power + 1) - Math.Pow(levels[i], power + 1)) / (power + 1);
            Assert.That(step, Is.EqualTo(expected).Within(1e-10));
        }
    }

    [Test]
    public void In_time_of_edm_both_polynomials_are_the_same()
    {
        using var model = Mixture.Gaussian(0.3, 0.25, new EdmSchedule());
        var request = Requests.Of(new DeisSampler(new(Clock: DeisClock.Schedule)), model, 10);
        var inTime = new DeisSampler(new(DeisKind.Tab, Clock: DeisClock.Schedule)).Sample(model, request);
        var inRho = new DeisSampler(new(DeisKind.Rhoab)).Sample(model, request);
        Assert.That(inTime.MaxError(inRho), Is.LessThan(1e-12));
    }

    [Test]
    public void Ends_are_those_asked_for()
    {
        using var model = Mixture.Gaussian(0.3, 0.25, new VpSchedule());
        Assert.That(new DeisSampler(new()).Levels(model, 10)[^1], Is.EqualTo(model.Schedule.SigmaMin).Within(1e-12));
        Assert.That(new DeisSampler(new(EndTime: 0.01)).Levels(model, 10)[^1], Is.EqualTo(model.Schedule.Sigma(0.01)).Within(1e-12));
        Assert.That(new DeisSampler(new(EndTime: 0)).Levels(model, 10)[^1], Is.Zero);
        Assert.That(new DeisSampler(new(EndTime: 0, Grid: DeisGrid.Rho)).Levels(model, 10)[^1], Is.Zero);
    }

    private static IEnumerable<DeisOptions> Meaningless()
    {
        yield return new(DeisKind.Tab, Order: 4);
        yield return new(DeisKind.Rhoab, Order: 4);
        yield return new(DeisKind.Rhork, Order: 0);
        yield return new(DeisKind.Rhork, Order: 2, EndTime: 0);
        yield return new(Grid: DeisGrid.LogRho, EndTime: 0);
        yield return new(EndTime: 1);
    }

    [TestCaseSource(nameof(Meaningless))]
    public void Parameters_that_do_not_go_together_are_not_applicable(DeisOptions options)
    {
        using var model = Mixture.Gaussian(0.3, 0.25, new VpSchedule());
        Assert.That(() => new DeisSampler(options).Levels(model, 10), Throws.TypeOf<NotApplicableException>());
    }

    private static double State(DeisSampler sampler, Wrapped model, int stop) =>
        sampler.Sample(model, Requests.Of(sampler, model, 8, count: 1, stop: stop))[0, 0, 0, 0].ToDouble();
}

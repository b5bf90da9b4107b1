namespace Dfx.Baselines.Tests.Methods;

/// <summary>Fits on the exact denoiser of Gaussian data, whose posterior variance is v sigma² / (v + sigma²) everywhere.</summary>
[TestFixture]
internal sealed class VarianceFitTests
{
    private DisposeScope _scope = null!;
    private Exact _source = null!;

    [SetUp]
    public void SetUp() => (_scope, _source) = (torch.NewDisposeScope(), new());

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase(0.1)]
    [TestCase(0.4)]
    [TestCase(1)]
    public void The_analytic_variance_is_the_posterior_one(double sigma)
    {
        var (method, context) = (new AnalyticMethod(new(40)), Pixels.Context(400, source: _source));
        using var model = method.Train(context);
        var (mean, variance) = model.DenoiseWithVariance(Pixels.Images(), Pixels.Fill(sigma));
        Assert.That(mean.MaxError(_source.Denoise(Pixels.Images(), Pixels.Fill(sigma))), Is.Zero);
        Assert.That(variance.shape, Is.EqualTo(new long[] { 3, 1, 1, 1 }));
        Assert.That(variance.MaxError(torch.full_like(variance, Posterior(sigma))), Is.LessThan(0.12 * Posterior(sigma)));
        Pixels.AssertLoads(method, model, context.Model);
    }

    // Between its levels the table is linear in ln sigma; beyond them it is constant.
    [Test]
    public void Gammas_are_interpolated()
    {
        using var model = new AnalyticDenoiser(_source, [1, 4], [0.2, 0.6], double.PositiveInfinity);
        var sigma = torch.tensor(new[] { 0.5, 2, 8 });
        var (_, variance) = model.DenoiseWithVariance(Pixels.Images(), sigma);
        Assert.That(variance.view(3).data<double>().ToArray(), Is.EqualTo(new[] { 0.25 * 0.8, 4 * 0.6, 64 * 0.4 }).Within(1e-12));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_second_network_learns_the_posterior_variance(bool npr)
    {
        // The target z² is noisy: a longer average than for means.
        var (method, context) = (new SnMethod(new(npr)), Pixels.Context(600, 5e-3, _source));
        context = context with { Settings = context.Settings with { Ema = [0.99] }, Model = context.Model with { Network = new() { Channels = 8, Multipliers = [1], Blocks = 1 } } };
        using var model = method.Train(context);
        var (mean, variance) = model.DenoiseWithVariance(Pixels.Images(), Pixels.Fill(1));
        Assert.That(mean.MaxError(_source.Denoise(Pixels.Images(), Pixels.Fill(1))), Is.Zero);
        Assert.That(variance.MaxError(torch.full_like(variance, Posterior(1))), Is.LessThan(0.06));
        Assert.That(model.Networks.Select(n => n.Role), Is.EqualTo(new[] { NetworkRole.Main, NetworkRole.Auxiliary }));
        Pixels.AssertLoads(method, model, context.Model);
        using var loaded = method.Load(model.ToCheckpoint(), context.Model);
        Assert.That(loaded.DenoiseWithVariance(Pixels.Images(), Pixels.Fill(1)).Variance.MaxError(variance), Is.Zero);
    }

    [Test]
    public void Levels_of_a_discrete_schedule_are_its_steps()
    {
        var schedule = DiscreteSchedule.Scaled(100);
        Assert.That(Fits.Levels(schedule, 1000), Is.EqualTo(Enumerable.Range(1, 100).Select(t => schedule.Sigma(t))));
        Assert.That(Fits.Levels(schedule, 4).Select(schedule.Time), Is.EqualTo(new[] { 1.0, 34, 67, 100 }).Within(1e-9));
    }

    [Test]
    public void Without_a_denoiser_there_is_nothing_to_fit() =>
        Assert.That(() => new AnalyticMethod(new()).Train(Pixels.Context()), Throws.InstanceOf<NotApplicableException>());

    private static double Posterior(double sigma) => PixelData.Variance * sigma * sigma / (PixelData.Variance + (sigma * sigma));

    private sealed class Exact : IDenoiser
    {
        public INoiseSchedule Schedule { get; } = new EdmSchedule();

        public DataShape Shape => new(1, 1, 1);

        public IReadOnlyList<NetworkCard> Networks { get; } = [new("exact", 0)];

        public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
        {
            using var scope = torch.NewDisposeScope();
            var noise = Denoising.Rows(sigma.square(), x);
            return scope.MoveToOuter(((x * PixelData.Variance) + (noise * PixelData.Mean)) / (noise + PixelData.Variance));
        }

        public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal().mul_(level);

        public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor>());

        public void Dispose()
        {
        }
    }
}

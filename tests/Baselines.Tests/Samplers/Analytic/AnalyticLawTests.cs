namespace Dfx.Baselines.Tests.Samplers;

/// <summary>With the exact variance of the posterior, Gaussian data are sampled exactly in any number of steps.</summary>
[TestFixture]
internal sealed class AnalyticLawTests
{
    private const double Mean = 0.3;
    private const double Variance = 0.25;

    // At the last noisy level; the step behind it adds no noise.
    [Test]
    public void The_variance_of_the_data_is_kept([Values(1, 2, 5, 10, 50)] int steps, [Values(0, 0.5, 1)] double eta, [Values] bool discrete)
    {
        using var scope = torch.NewDisposeScope();
        INoiseSchedule schedule = discrete ? DiscreteSchedule.Linear() : new VpSchedule();
        using var model = new GaussianModel(Mean, Variance, schedule, 16);
        var sampler = new AnalyticDdimSampler(new(eta, Clip: false, NoiseClip: 0));
        var (levels, noise) = (sampler.Levels(model, steps + 1), Requests.Of(new Adapted(sampler), model, 2, count: 300).Noise);
        var start = (noise.Normal() * Math.Sqrt(Variance + (levels[0] * levels[0]))) + Mean;
        var y = sampler.Sample(model, Requests.Over(levels, start, steps) with { Noise = noise });
        new Moments(Mean, Variance + (levels[steps] * levels[steps])).Expect(y);
    }

    [Test]
    public void Ancestral_steps_are_those_of_ddim_with_eta_1()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GaussianModel(Mean, Variance, new VpSchedule());
        var request = Requests.Of(new Adapted(new AnalyticDdpmSampler(new())), model, 10);
        var noise = torch.randn([10, .. request.Start.shape], torch.ScalarType.Float64, generator: new torch.Generator(3, torch.CPU));
        var ddpm = new AnalyticDdpmSampler(new(Clip: false, NoiseClip: 0)).Sample(model, request, new Draws(noise).Next);
        var ddim = new AnalyticDdimSampler(new(1, Clip: false, NoiseClip: 0)).Sample(model, request, new Draws(noise).Next);
        Assert.That(ddpm.MaxError(ddim), Is.LessThan(1e-12));
    }

    [Test]
    public void A_variance_for_each_pixel_is_used_for_each_pixel()
    {
        using var scope = torch.NewDisposeScope();
        var sampler = new AnalyticDdpmSampler(new(Clip: false, NoiseClip: 0));
        using var model = new TwoPixels(new VpSchedule());
        var (levels, noise) = (sampler.Levels(model, 6), new SampleNoise(Numerics.Noise.NoiseKey.For(5, "pixels"), 0, 40000, model.Shape, torch.CPU));
        var y = sampler.Sample(model, Requests.Over(levels, noise.Normal() * levels[0], 5) with { Noise = noise });
        new Moments(0, 0.04 + (levels[5] * levels[5])).Expect(y[.., .., .., 0]);
        new Moments(0, 0.64 + (levels[5] * levels[5])).Expect(y[.., .., .., 1]);
    }

    [Test]
    public void Clipping_bounds_the_noise_of_the_last_noisy_step_and_the_images()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GaussianModel(0.9, 0.25, new VpSchedule(), 16);
        var x = new AnalyticDdpmSampler(new()).Sample(model, Requests.Of(new Adapted(new AnalyticDdpmSampler(new())), model, 10, count: 50));
        Assert.That(x.max().ToDouble(), Is.EqualTo(1));
        Assert.That(x.min().ToDouble(), Is.GreaterThanOrEqualTo(-1));
    }

    /// <summary>Two pixels of variance 0.04 and 0.64.</summary>
    private sealed class TwoPixels(INoiseSchedule schedule) : IVarianceDenoiser
    {
        public INoiseSchedule Schedule => schedule;

        public DataShape Shape => new(1, 1, 2);

        public IReadOnlyList<NetworkCard> Networks => [new("pixels", 0)];

        public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) => x * Gain(sigma);

        public (torch.Tensor Mean, torch.Tensor Variance) DenoiseWithVariance(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) =>
            (Denoise(x, sigma), Gain(sigma) * sigma.square().view(-1, 1, 1, 1));

        public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal() * level;

        public Checkpoint ToCheckpoint() => throw new NotSupportedException();

        public void Dispose()
        {
        }

        private static torch.Tensor Gain(torch.Tensor sigma)
        {
            var variance = torch.tensor([0.04, 0.64], torch.ScalarType.Float64).view(1, 1, 1, 2);
            return variance / (variance + sigma.square().view(-1, 1, 1, 1));
        }
    }
}

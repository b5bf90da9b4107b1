namespace Dfx.Baselines.Tests.Samplers;

/// <summary>
/// On Gaussian data an ancestral sampler is a linear recursion, whose mean and variance are carried along here in the paper's frame x = a y.
/// The published-style ratios of the sampled to the true variance were measured once by an independent script.
/// </summary>
[TestFixture]
internal sealed class AncestralLawTests
{
    private const double Mean = 0.3;
    private const double Variance = 0.25;
    private const int Size = 16;
    private static readonly DiscreteSchedule s_schedule = DiscreteSchedule.Linear();

    [TestCase(50, DdpmVariance.Small, 0.786)]
    [TestCase(50, DdpmVariance.Large, 1.072)]
    [TestCase(250, DdpmVariance.Small, 0.944)]
    [TestCase(250, DdpmVariance.Large, 1.013)]
    [TestCase(1000, DdpmVariance.Small, 0.985)]
    [TestCase(1000, DdpmVariance.Large, 1.003)]
    public void Ddpm_has_the_known_law(int steps, DdpmVariance variance, double ratio)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GaussianModel(Mean, Variance, s_schedule, Size);
        var sampler = new DdpmSampler(new(variance, Clip: false));
        var request = Requests.Of(sampler, model, steps, count: 300);
        var law = Law(request.Levels, (beta, small) => variance == DdpmVariance.Small ? small : beta);
        Assert.That(law.Variance / Variance, Is.EqualTo(ratio).Within(0.0006));
        law.Expect(sampler.Sample(model, request));
    }

    [Test]
    public void All_of_the_steps_end_at_the_known_noise_level() =>
        Assert.That(Math.Pow(s_schedule.Scale(1000), 2), Is.EqualTo(4.0358e-5).Within(1e-9));

    [TestCase(DdpmVariance.Small)]
    [TestCase(DdpmVariance.Large)]
    public void The_right_variance_of_a_point_and_of_unit_normals_is_exact(DdpmVariance variance)
    {
        using var scope = torch.NewDisposeScope();
        var v = variance == DdpmVariance.Small ? 0 : 1;
        using var model = new GaussianModel(0, v, s_schedule, Size);
        var sampler = new DdpmSampler(new(variance, Clip: false));
        var levels = sampler.Levels(model, 5);
        var request = Requests.Of(sampler, model, 5, count: 300, stop: 3);
        new Moments(0, v + (levels[3] * levels[3])).Expect(sampler.Sample(model, request));
    }

    [Test]
    public void Ddim_with_eta_1_is_ddpm_with_the_small_variance()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new GaussianModel(Mean, Variance, s_schedule);
        var request = Requests.Of(new DdpmSampler(new()), model, 25);
        var noise = torch.randn([25, .. request.Start.shape], torch.ScalarType.Float64, generator: new torch.Generator(3, torch.CPU));
        var ddpm = new DdpmSampler(new(DdpmVariance.Small, Clip: false)).Sample(model, request, new Draws(noise).Next);
        var ddim = new DdimSampler(new(Eta: 1)).Sample(model, request, new Draws(noise).Next);
        Assert.That(ddpm.MaxError(ddim), Is.LessThan(1e-12));
    }

    [Test]
    public void Ve_ancestral_steps_are_ddpm_with_the_small_variance_and_vp_ones_with_the_large()
    {
        using var scope = torch.NewDisposeScope();
        (INoiseSchedule, DdpmVariance)[] pairs = [(new VeSchedule(), DdpmVariance.Small), (new VpSchedule(), DdpmVariance.Large)];
        foreach (var (schedule, variance) in pairs)
        {
            using var model = new GaussianModel(Mean, Variance, schedule);
            var request = Requests.Of(new AncestralSdeSampler(), model, 25);
            var noise = torch.randn([25, .. request.Start.shape], torch.ScalarType.Float64, generator: new torch.Generator(3, torch.CPU));
            var ddpm = new DdpmSampler(new(variance, Clip: false)).Sample(model, request, new Draws(noise).Next);
            Assert.That(ddpm.MaxError(AncestralSdeSampler.Sample(model, request, new Draws(noise).Next)), Is.LessThan(1e-10));
        }
    }

    // Section 2 of Ho et al.: mean √ᾱ_u beta / (1 - ᾱ_t) x0 + √r (1 - ᾱ_u) / (1 - ᾱ_t) x, where x0 is linear in x.
    private static Moments Law(IReadOnlyList<double> levels, Func<double, double, double> variance)
    {
        var law = new Moments(0, 1 - Bar(levels[0]));
        foreach (var (sigma, next) in levels.Zip(levels.Skip(1)))
        {
            var (bar, barNext) = (Bar(sigma), Bar(next));
            var (r, beta) = (bar / barNext, 1 - (bar / barNext));
            var gain = Math.Sqrt(bar) * Variance / ((bar * Variance) + 1 - bar);
            var offset = Mean * (1 - (Math.Sqrt(bar) * gain));
            var weight = Math.Sqrt(barNext) * beta / (1 - bar);
            var small = beta * (1 - barNext) / (1 - bar);
            var noise = next > 0 ? Math.Sqrt(variance(beta, small)) : 0;
            law = law.Step((weight * gain) + (Math.Sqrt(r) * (1 - barNext) / (1 - bar)), weight * offset, noise);
        }

        return law;
    }

    private static double Bar(double sigma) => 1 / (1 + (sigma * sigma));
}

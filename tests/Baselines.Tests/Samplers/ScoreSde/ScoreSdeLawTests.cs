namespace Dfx.Baselines.Tests.Samplers;

/// <summary>
/// On Gaussian data the predictors are linear recursions, carried along here in score_sde's own frame. The ratios of the sampled to the true
/// variance were measured once by an independent script.
/// </summary>
[TestFixture]
internal sealed class ScoreSdeLawTests
{
    private const double Mean = 0.3;
    private const double Variance = 0.25;
    private static readonly VeSchedule s_ve = new(0.01, 50);
    private static readonly VpSchedule s_vp = new();

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase(1000, 1.008)]
    [TestCase(2000, 1.004)]
    public void Ve_reverse_diffusion_has_the_known_law(int steps, double ratio)
    {
        var levels = Sample(new ReverseDiffusionSampler(new()), s_ve, steps, out var samples);
        var law = VeLaw(levels, 0, at => at.Added);
        Assert.That(law.Variance / Variance, Is.EqualTo(ratio).Within(0.0006));
        law.Expect(samples);
    }

    [Test]
    public void Ve_ancestral_steps_have_their_law()
    {
        var levels = Sample(new AncestralSdeSampler(), s_ve, 60, out var samples);
        VeLaw(levels, 0, at => at.Added * at.Next * at.Next / (at.Sigma * at.Sigma)).Expect(samples);
    }

    // In high dimension the corrector's random step size is as good as its mean: e = 2 r² (v + sigma²)² / (the state's second moment).
    [Test]
    public void Predictor_corrector_has_the_known_bias()
    {
        var levels = Sample(new PcSampler(new()), s_ve, 2000, out var samples);
        var law = VeLaw(levels, 0.16, at => at.Added);
        Assert.That(law.Variance / Variance, Is.EqualTo(1.025).Within(0.0006));
        law.Expect(samples);
    }

    [Test]
    public void Vp_steps_have_their_law([Values] SdePredictor predictor)
    {
        ISampler<IDenoiser> sampler = predictor switch
        {
            SdePredictor.Ancestral => new AncestralSdeSampler(),
            SdePredictor.EulerMaruyama => new EulerMaruyamaSampler(),
            _ => new ReverseDiffusionSampler(new()),
        };
        var levels = Sample(sampler, s_vp, 60, out var samples);
        VpLaw(levels, predictor).Expect(samples);
    }

    [Test]
    public void Corrector_steps_keep_a_gaussian_up_to_a_bias_of_r_squared()
    {
        using var model = new GaussianModel(0, Variance, s_ve, 32);
        var sigma = 0.5;
        var stationary = Math.Sqrt(Variance + (sigma * sigma));
        var noise = Requests.Of(new PcSampler(new()), model, 2, count: 100).Noise;
        var y = noise.Normal() * stationary;
        var langevin = new Langevin(SdeCorrector.Langevin, 0.16, 60, NormKind.Sample);
        langevin.Correct(y, new(sigma, 0.4, 1), x => -x / (stationary * stationary), noise.Normal);

        // V' = (1 - e / S)² V + 2 e with e = 2 r² S² / V rests at V = S (1 + r² + O(r⁴)).
        Assert.That(y.var().ToDouble() / (stationary * stationary), Is.EqualTo(1 + (0.16 * 0.16)).Within(5 * Math.Sqrt(2.0 / y.numel())));
    }

    private static IReadOnlyList<double> Sample(ISampler<IDenoiser> sampler, INoiseSchedule schedule, int nfe, out torch.Tensor samples)
    {
        using var model = new GaussianModel(Mean, Variance, schedule, 32);
        var request = Requests.Of(sampler, model, nfe, count: 150);
        samples = sampler.Sample(model, request);
        return request.Levels;
    }

    private static Moments VeLaw(IReadOnlyList<double> levels, double snr, Func<SdeLevels, double> noise)
    {
        var law = new Moments(0, levels[0] * levels[0]);
        foreach (var (sigma, next) in levels.Zip(levels.Skip(1)))
        {
            var spread = Variance + (sigma * sigma);
            var offset = law.Mean - Mean;
            var size = 2 * snr * snr * spread * spread / (law.Variance + (offset * offset));
            law = law.Step(1 - (size / spread), size / spread * Mean, Math.Sqrt(2 * size));
            var at = new SdeLevels(sigma, next, 1);
            law = law.Step(1 - (at.Added / spread), at.Added / spread * Mean, next > 0 ? Math.Sqrt(noise(at)) : 0);
        }

        return law;
    }

    // With score (a m - x) / (a² v + 1 - a²); beta is that of the discrete chain, or of the time that a step takes.
    private static Moments VpLaw(IReadOnlyList<double> levels, SdePredictor predictor)
    {
        var law = new Moments(0, 1 - Bar(levels[0]));
        foreach (var (sigma, next) in levels.Zip(levels.Skip(1)))
        {
            var (bar, beta) = (Bar(sigma), 1 - (Bar(sigma) / Bar(next)));
            var spread = (bar * Variance) + 1 - bar;
            if (predictor == SdePredictor.EulerMaruyama)
            {
                beta = (0.1 + (19.9 * s_vp.Time(sigma))) / (levels.Count - 1);
            }

            var (keep, score) = predictor switch
            {
                SdePredictor.Ancestral => (1 / Math.Sqrt(1 - beta), beta / Math.Sqrt(1 - beta)),
                SdePredictor.EulerMaruyama => (1 + (beta / 2), beta),
                _ => (2 - Math.Sqrt(1 - beta), beta),
            };
            law = law.Step(keep - (score / spread), score / spread * Math.Sqrt(bar) * Mean, next > 0 ? Math.Sqrt(beta) : 0);
        }

        return law;
    }

    private static double Bar(double sigma) => 1 / (1 + (sigma * sigma));
}

namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Against baofff/Analytic-DPM's reverse_ddim and reverse_ddpm on the analytic mixture.</summary>
[TestFixture]
internal sealed class AnalyticGoldenTests
{
    private DisposeScope _scope = null!;
    private GoldenFile _golden = null!;
    private DiscreteSchedule _schedule = null!;

    [SetUp]
    public void SetUp()
    {
        (_scope, _golden) = (torch.NewDisposeScope(), new("samplers_analytic_dpm"));
        _schedule = new DiscreteSchedule([.. _golden.Doubles("cum_alphas").Skip(1)]);
    }

    [TearDown]
    public void TearDown()
    {
        _golden.Dispose();
        _scope.Dispose();
    }

    [TestCase("addim_eta0", 0, 0)]
    [TestCase("addim_eta1", 1, 0)]
    [TestCase("addim_clip", 0, 2)]
    public void Analytic_ddim_agrees(string run, double eta, double noiseClip) =>
        Agrees(run, new AnalyticDdimSampler(new(eta, NoiseClip: noiseClip)).Sample, fitted: true);

    [TestCase("addpm", 0)]
    [TestCase("addpm_clip", 1)]
    [TestCase("addpm_dpseg", 0)]
    public void Analytic_ddpm_agrees(string run, double noiseClip) =>
        Agrees(run, new AnalyticDdpmSampler(new(NoiseClip: noiseClip)).Sample, fitted: true);

    [Test]
    public void Without_a_variance_it_is_ddim() => Agrees("ddim_naive", new AnalyticDdimSampler(new(NoiseClip: 0)).Sample, fitted: false);

    [TestCase("ddpm_naive_small")]
    [TestCase("ddpm_quad")]
    public void Without_a_variance_it_is_ddpm(string run) => Agrees(run, new AnalyticDdpmSampler(new(NoiseClip: 0)).Sample, fitted: false);

    // "big" is DDPM's own beta, without a clip.
    [Test]
    public void Its_ddpm_of_large_variance_is_ddpm() =>
        Agrees("ddpm_naive_big", new DdpmSampler(new(DdpmVariance.Large, Clip: false)).Sample, fitted: false);

    [TestCase(10, "steps_linear_K")]
    [TestCase(20, "steps_linear_K2")]
    [TestCase(50, "steps_linear_50")]
    public void Steps_are_those_of_the_paper(int count, string table)
    {
        using var model = new FittedMixture(Mixture.Of(_golden, _schedule), _ => 0);
        var expected = _golden.Doubles(table).Reverse().Select(_schedule.Sigma).Append(0);
        Assert.That(new AnalyticDdimSampler(new()).Levels(model, count), Is.EqualTo(expected).Within(1e-12));
    }

    private void Agrees(string run, Func<IVarianceDenoiser, SamplingRequest, Func<torch.Tensor>, torch.Tensor> sample, bool fitted)
    {
        var gammas = _golden.Doubles("ms_eps");
        double Variance(double sigma) => fitted ? sigma * sigma * (1 - gammas[(int)Math.Round(_schedule.Time(sigma))]) : 0;
        using var model = new FittedMixture(Mixture.Of(_golden, _schedule), Variance);
        var levels = _golden.Doubles($"{run}_s_r_sigma2").Chunk(3).Select(row => _schedule.Sigma(row[1])).Append(0).ToArray();
        var scales = levels.Select(s => 1 / Math.Sqrt(1 + (s * s))).ToArray();
        for (var stop = 0; stop < levels.Length; stop++)
        {
            var draws = new Draws(_golden[$"{run}_noise"]);
            var y = sample(model, Requests.Over(levels, _golden["latents"] / scales[0], stop), draws.Next);
            var expected = stop == levels.Length - 1 ? _golden[$"{run}_final"] : _golden[$"{run}_x_in"][stop];
            Assert.That((y * scales[stop]).MaxError(expected), Is.LessThan(1e-10), $"at {stop}");
        }
    }
}

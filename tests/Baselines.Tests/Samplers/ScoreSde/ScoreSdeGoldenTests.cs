namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Against yang-song/score_sde_pytorch's predictors and correctors on the analytic mixture.</summary>
[TestFixture]
internal sealed class ScoreSdeGoldenTests
{
    private static readonly VpSchedule s_vp = new(BetaD: 19.9, BetaMin: 0.1);

    private DisposeScope _scope = null!;
    private GoldenFile _golden = null!;

    [SetUp]
    public void SetUp() => (_scope, _golden) = (torch.NewDisposeScope(), new("samplers_score_sde"));

    [TearDown]
    public void TearDown()
    {
        _golden.Dispose();
        _scope.Dispose();
    }

    [Test]
    public void Ve_reverse_diffusion_agrees() => Agrees("pred_ve_rd", Ve("pred_ve_rd"), new ReverseDiffusionSampler(new()).Sample);

    [Test]
    public void Ve_probability_flow_agrees() => Agrees("pred_ve_pflow", Ve("pred_ve_pflow"), new ReverseDiffusionSampler(new(Flow: true)).Sample);

    [Test]
    public void Ve_ancestral_steps_agree() => Agrees("pred_ve_anc", Ve("pred_ve_anc"), AncestralSdeSampler.Sample);

    [Test]
    public void Vp_reverse_diffusion_agrees() => Agrees("pred_vp_rd", Vp("pred_vp_rd"), new ReverseDiffusionSampler(new()).Sample);

    [Test]
    public void Vp_ancestral_steps_agree() => Agrees("pred_vp_anc", Vp("pred_vp_anc"), AncestralSdeSampler.Sample);

    [Test]
    public void Euler_maruyama_agrees()
    {
        using var model = Mixture.Of(_golden, s_vp);
        var levels = new EulerMaruyamaSampler().Levels(model, 40);
        var start = _golden["latents"] / s_vp.Scale(1);
        var x = EulerMaruyamaSampler.Sample(model, Requests.Over(levels, start), new Draws(_golden["pred_vp_em_noise"]).Next);
        Assert.That(x.MaxError(_golden["pred_vp_em_final"]), Is.LessThan(1e-9));
    }

    [TestCase("pc_ve", 1)]
    [TestCase("pc_ve_2corr", 2)]
    public void Ve_predictor_corrector_agrees(string run, int steps) =>
        Agrees(run, Ve(run), new PcSampler(new(CorrectorSteps: steps, Norm: NormKind.Batch)).Sample);

    // There the step size follows from the continuous level too, so the corrector is handed that.
    [Test]
    public void Annealed_langevin_dynamics_agree()
    {
        var langevin = new Langevin(SdeCorrector.AnnealedLangevin, 0.16, 1, NormKind.Batch);
        var level = _golden.Doubles("pc_ve_ald_timesteps").Select(t => 0.01 * Math.Pow(5000, t)).GetEnumerator();
        Agrees("pc_ve_ald", Ve("pc_ve_ald"), (model, request, draw) => new SdeRun(SdeUpdate.ReverseDiffusion, (y, at, score) =>
            langevin.Correct(y, at with { Sigma = level.MoveNext() ? level.Current : double.NaN }, score, draw)).Sample(model, request, draw));
    }

    // Their VP run has Euler-Maruyama's predictor, and the corrector's alpha is that of the discrete table of betas.
    [Test]
    public void Vp_predictor_corrector_agrees()
    {
        using var model = Mixture.Of(_golden, s_vp);
        var levels = new PcSampler(new(SdePredictor.EulerMaruyama)).Levels(model, 80);
        var (langevin, draws, index) = (new Langevin(SdeCorrector.Langevin, 0.16, 1, NormKind.Batch), new Draws(_golden["pc_vp_noise"]), 40);
        var run = new SdeRun(SdePredictor.EulerMaruyama.Step(s_vp, levels), (y, at, score) =>
            langevin.Correct(y, at with { Ratio = Math.Sqrt(1 - ((0.1 + (19.9 * --index / 39)) / 40)) }, score, draws.Next));
        var x = run.Sample(model, Requests.Over(levels, _golden["latents"] / s_vp.Scale(1)), draws.Next);
        Assert.That(x.MaxError(_golden["pc_vp_final"]), Is.LessThan(1e-9));
    }

    [Test]
    public void Norms_of_each_sample_are_not_those_of_the_batch()
    {
        Assert.That(() => Agrees("pc_ve", Ve("pc_ve"), new PcSampler(new()).Sample), Throws.TypeOf<AssertionException>());
    }

    [Test]
    public void The_corrector_alone_agrees()
    {
        var (model, levels) = Ve("corr_ve_langevin");
        var (y, draws) = (_golden["latents"] * levels[0], new Draws(_golden["corr_ve_langevin_noise"]));
        var langevin = new Langevin(SdeCorrector.Langevin, 0.16, 1, NormKind.Batch);
        for (var i = 0; i < levels.Length - 1; i++)
        {
            Assert.That(y.MaxError(_golden["corr_ve_langevin_x_before_noise_draw"][i]), Is.LessThan(1e-9), $"at {i}");
            langevin.Correct(y, new(levels[i], levels[i + 1], 1), x => Score(model, x, levels[i]), draws.Next);
        }

        Assert.That(y.MaxError(_golden["corr_ve_langevin_final"]), Is.LessThan(1e-9));
    }

    private static torch.Tensor Score(IDenoiser model, torch.Tensor x, double level) =>
        (model.Denoise(x, torch.full([x.shape[0]], level, torch.ScalarType.Float64)) - x) / (level * level);

    private void Agrees(string run, (IDenoiser Model, double[] Levels) setting, Func<IDenoiser, SamplingRequest, Func<torch.Tensor>, torch.Tensor> sample)
    {
        var (model, levels) = setting;
        var start = _golden["latents"] * (model.Schedule.KeepsSignal() ? levels[0] : Math.Sqrt(1 + (levels[0] * levels[0])));
        var x = sample(model, Requests.Over(levels, start), new Draws(_golden[$"{run}_noise"]).Next);
        Assert.That(x.MaxError(_golden[$"{run}_final"]), Is.LessThan(1e-9));
    }

    private (IDenoiser Model, double[] Levels) Ve(string run)
    {
        var table = _golden.Doubles($"{run}_discrete_sigmas").Reverse().ToArray();
        var asked = _golden.Doubles($"{run}_timesteps").Select(t => (0.01 * Math.Pow(5000, t), 1.0)).ToArray();
        var schedule = new VeSchedule(table[^1], table[0]);
        return (new ScoreSdeModel(Mixture.Of(_golden, schedule), schedule, table, asked), [.. table, 0]);
    }

    // The table's betas are beta(t) / N at N equally spaced times, both ends included.
    private (IDenoiser Model, double[] Levels) Vp(string run)
    {
        var times = _golden.Doubles($"{run}_timesteps");
        var schedule = DiscreteSchedule.Linear(times.Length, 0.1 / times.Length, 20.0 / times.Length);
        var table = Enumerable.Range(1, times.Length).Reverse().Select(i => schedule.Sigma(i)).ToArray();
        var asked = times.Select(t => (s_vp.Sigma(t), s_vp.Scale(t))).ToArray();
        return (new ScoreSdeModel(Mixture.Of(_golden, schedule), schedule, table, asked), [.. table, 0]);
    }
}

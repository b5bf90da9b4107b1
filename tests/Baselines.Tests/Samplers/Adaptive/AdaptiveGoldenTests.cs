namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Against score_sde's ODE sampler on SciPy's RK45 and LuChengTHU/dpm-solver's adaptive steps, both with norms over the batch.</summary>
[TestFixture]
internal sealed class AdaptiveGoldenTests
{
    private static readonly VpSchedule s_vp = new(BetaD: 19.9, BetaMin: 0.1);
    private static readonly VeSchedule s_ve = new(0.01, 50);

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    private static IEnumerable<TestCaseData> Flows()
    {
        yield return new TestCaseData("rk45_vp", s_vp, 1e-3);
        yield return new TestCaseData("rk45_ve", s_ve, 1e-5);
    }

    [TestCaseSource(nameof(Flows))]
    public void Rk45_agrees(string run, INoiseSchedule schedule, double end)
    {
        using var golden = new GoldenFile("samplers_score_sde");
        using var model = Mixture.Of(golden, schedule);
        var y = Rk45(golden, model, end, new(EndTime: end, Denoise: false, Norm: NormKind.Batch));
        Assert.That(y.MaxError(golden[$"{run}_final"]), Is.LessThan(1e-7));
        Assert.That(y.MaxError(golden[$"{run}_ode_end"]), Is.LessThan(1e-7));
        Assert.That(y.MaxError(golden[$"{run}_f32_final"]), Is.LessThan(1e-4), "as it ships, in float32, and at a tolerance of 1e-5");
        Assert.That(model.Calls, Has.Count.EqualTo((int)golden.Doubles($"{run}_nfe")[0]));
    }

    // The state at the end of an accepted step is where the next stage is evaluated, at the sigma of the accepted time.
    [TestCaseSource(nameof(Flows))]
    public void Rk45_accepts_the_same_times(string run, INoiseSchedule schedule, double end)
    {
        using var golden = new GoldenFile("samplers_score_sde");
        using var model = Mixture.Of(golden, schedule);
        Rk45(golden, model, end, new(EndTime: end, Denoise: false, Norm: NormKind.Batch));
        var times = golden.Doubles($"{run}_solver_t");
        var frame = FlowFrames.Of(schedule);
        Assert.That(times, Has.All.Matches<double>(t => model.Calls.Exists(s => Math.Abs(frame.Time(s) - t) < 1e-7)));
    }

    // score_sde's denoising step is one of reverse diffusion over a thousandth of the time; ours is the denoiser's estimate.
    [Test]
    public void Their_denoising_step_agrees()
    {
        using var golden = new GoldenFile("samplers_score_sde");
        using var model = Mixture.Of(golden, s_vp);
        var (sigma, scale, beta) = (s_vp.Sigma(1e-3), s_vp.Scale(1e-3), 0.1 / 1000);
        var y = Rk45(golden, model, 1e-3, new(EndTime: 1e-3, Denoise: false, Norm: NormKind.Batch)) / scale;
        var score = (model.Denoise(y, torch.full([6], sigma, torch.ScalarType.Float64)) - y) / (sigma * sigma);

        // In the frame of the state before the step, whose noise level the score has; q and what the step adds are the table's.
        var update = SdeUpdate.ReverseDiffusion(new(Math.Sqrt(beta) / scale, 0, Math.Sqrt(1 - beta)));
        var x = ((y * update.Keep / Math.Sqrt(1 - beta)) + (score * update.Gain / Math.Sqrt(1 - beta))) * scale;
        Assert.That(x.MaxError(golden["rk45_vp_denoise_final"]), Is.LessThan(1e-7));
    }

    [TestCase("dpms12_adaptive", 2)]
    [TestCase("dpms23_adaptive", 3)]
    public void Dpm_solver_agrees(string run, int order)
    {
        using var golden = new GoldenFile("samplers_dpm_solver");
        using var model = Mixture.Of(golden, s_vp);
        var sampler = new DpmSolverAdaptiveSampler(new(order, Denoise: false, Norm: NormKind.Batch));
        var y = sampler.Sample(model, Requests.Over(sampler.Levels(model, 1000), golden["latents"] / s_vp.Scale(1)));
        Assert.That((y * s_vp.Scale(1e-3)).MaxError(golden[$"{run}_final"]), Is.LessThan(1e-7));
        Assert.That(model.Calls.Select(s_vp.Time), Is.EqualTo(golden.Doubles($"{run}_call_t")).Within(1e-7));
    }

    private static torch.Tensor Rk45(GoldenFile golden, Mixture model, double end, Rk45Options options)
    {
        var (sampler, frame) = (new Rk45Sampler(options), FlowFrames.Of(model.Schedule));
        var start = golden["latents"] * (model.Schedule.KeepsSignal() ? model.Schedule.SigmaMax : 1 / frame.Scale(1));
        return sampler.Sample(model, Requests.Over(sampler.Levels(model, 1000), start)) * frame.Scale(end);
    }
}

using System.Collections.Immutable;

namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Against ermongroup/ddim's and openai/guided-diffusion's ancestral steps on the analytic mixture, at every level.</summary>
[TestFixture]
internal sealed class DdpmGoldenTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // The code's variance is beta, and it clips.
    [TestCase("ddpm_sub")]
    [TestCase("ddpm_full")]
    public void Ddims_ancestral_steps_agree(string run)
    {
        using var golden = new GoldenFile("samplers_ddim");
        var schedule = new DiscreteSchedule([.. golden.Doubles("alphas_cumprod")]);
        var sampler = new DdpmSampler(new(Variance: DdpmVariance.Large, Clip: true));
        Agrees(golden, run, schedule, Levels(schedule, golden.Doubles($"{run}_seq")), golden[$"{run}_xs"], sampler.Sample);
    }

    [TestCase("ddpm_small_T", DdpmVariance.Small, true)]
    [TestCase("ddpm_large_T", DdpmVariance.Large, false)]
    [TestCase("ddpm_respaced", DdpmVariance.Small, false)]
    [TestCase("ddpm_respaced_clip_large", DdpmVariance.Large, true)]
    [TestCase("ddpm_respaced_cosine", DdpmVariance.Small, false)]
    public void Guided_diffusions_steps_agree(string run, DdpmVariance variance, bool clip) =>
        GuidedAgrees(run, new DdpmSampler(new(variance, clip)).Sample);

    // As the code ships, with coefficients in float32.
    [Test]
    public void Guided_diffusions_single_precision_is_close() =>
        GuidedAgrees("ddpm_respaced_f32coef", new DdpmSampler(new(DdpmVariance.Small, Clip: false)).Sample, 1e-5);

    [TestCase("ddim_clip_eta0", 0)]
    [TestCase("ddim_clip_eta1", 1)]
    public void Guided_diffusions_clipped_ddim_agrees(string run, double eta) =>
        GuidedAgrees(run, new DdimSampler(new(eta, Clip: true)).Sample);

    [TestCase("ddpm_respaced", StepSet.Respaced)]
    [TestCase("ddim_clip_eta0", StepSet.Uniform)]
    public void Step_sets_are_those_of_guided_diffusion(string run, StepSet steps)
    {
        using var golden = new GoldenFile("samplers_ddpm_guided");
        var schedule = new DiscreteSchedule([.. golden.Doubles($"{run}_model_alphas_cumprod")]);
        using var model = Mixture.Of(golden, schedule);
        var expected = Levels(schedule, golden.Doubles($"{run}_timestep_map"));
        Assert.That(new DdpmSampler(new(Steps: steps)).Levels(model, 20), Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void The_quadratic_steps_are_those_of_ddim()
    {
        using var golden = new GoldenFile("samplers_ddim");
        var schedule = new DiscreteSchedule([.. golden.Doubles("alphas_cumprod")]);
        using var model = Mixture.Of(golden, schedule);
        var sampler = new DdimSampler(new(Steps: StepSet.Quadratic));
        var levels = sampler.Levels(model, 10);
        Assert.That(levels, Is.EqualTo(Levels(schedule, golden.Doubles("ddim_quad_eta0_seq"))).Within(1e-12));
        Agrees(golden, "ddim_quad_eta0", schedule, levels, golden["ddim_quad_eta0_xs"], sampler.Sample);
    }

    private static void GuidedAgrees(string run, Func<IDenoiser, SamplingRequest, Func<torch.Tensor>, torch.Tensor> sample, double tolerance = 1e-10)
    {
        using var golden = new GoldenFile("samplers_ddpm_guided");
        var schedule = new DiscreteSchedule([.. golden.Doubles($"{run}_model_alphas_cumprod")]);
        var states = torch.cat([golden["latents"].unsqueeze(0), golden[$"{run}_xs"]]);
        Agrees(golden, run, schedule, Levels(schedule, golden.Doubles($"{run}_timestep_map")), states, sample, tolerance);
    }

    // The states are in the frame x = a y.
    private static void Agrees(
        GoldenFile golden, string run, INoiseSchedule schedule, IReadOnlyList<double> levels, torch.Tensor states,
        Func<IDenoiser, SamplingRequest, Func<torch.Tensor>, torch.Tensor> sample, double tolerance = 1e-10)
    {
        using var model = Mixture.Of(golden, schedule);
        var scales = levels.Select(s => 1 / Math.Sqrt(1 + (s * s))).ToArray();
        foreach (var stop in new[] { 0, 1, levels.Count / 2, levels.Count - 2, levels.Count - 1 })
        {
            var draws = new Draws(golden[$"{run}_noise"]);
            var y = sample(model, Requests.Over(levels, golden["latents"] / scales[0], stop), draws.Next);
            Assert.That((y * scales[stop]).MaxError(states[stop]), Is.LessThan(tolerance), $"at {stop}");
        }
    }

    private static ImmutableArray<double> Levels(DiscreteSchedule schedule, double[] ascending) =>
        [.. ascending.Reverse().Select(label => schedule.Sigma(label + 1)), 0];
}

namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Against LuChengTHU/dpm-solver (commit 52bc3fb) on the analytic mixture: every run of it whose steps are not adaptive.</summary>
[TestFixture]
internal sealed class DpmSolverGoldenTests
{
    private const DpmSolverMethod Fixed = DpmSolverMethod.SingleStepFixed;
    private const DpmSolverMethod Multi = DpmSolverMethod.Multistep;
    private const DpmSolverMethod Single = DpmSolverMethod.SingleStep;
    private const DpmSolverType Taylor = DpmSolverType.Taylor;

    private static readonly double s_low = ExponentialGolden.Schedule(discrete: false).Sigma(1e-4);

    private DisposeScope _scope = null!;
    private GoldenFile _golden = null!;

    [SetUp]
    public void SetUp() => (_scope, _golden) = (torch.NewDisposeScope(), new("samplers_dpm_solver"));

    [TearDown]
    public void TearDown()
    {
        _golden.Dispose();
        _scope.Dispose();
    }

    private static IEnumerable<TestCaseData> NoiseRuns()
    {
        yield return new("dpms2_single", 12, new DpmSolverOptions(2, Single, SolverGrid.Time));
        yield return new("dpms3_single", 12, new DpmSolverOptions(3, Single, SolverGrid.Time));
        yield return new("dpms3_single_r1", 10, new DpmSolverOptions());
        yield return new("dpms2_fixed", 12, new DpmSolverOptions(2, Fixed, SigmaMin: s_low));
        yield return new("dpms3_fixed", 12, new DpmSolverOptions(3, Fixed, SigmaMin: s_low));
        yield return new("dpms1", 10, new DpmSolverOptions(1, Single, SolverGrid.Quadratic));
        yield return new("dpms2_multi", 13, new DpmSolverOptions(2, Multi, SolverGrid.Time));
        yield return new("dpms3_multi", 13, new DpmSolverOptions(3, Multi, SolverGrid.Time));
        yield return new("dpms2_taylor", 12, new DpmSolverOptions(2, Single, SolverGrid.Time, Taylor));
        yield return new("dpms3_taylor", 12, new DpmSolverOptions(3, Single, SolverGrid.Time, Taylor));
    }

    private static IEnumerable<TestCaseData> DataRuns()
    {
        yield return new("dpmpp2m_lower", 8, new DpmSolverPlusPlusOptions(Grid: SolverGrid.Time));
        yield return new("dpmpp2m_nolower", 8, new DpmSolverPlusPlusOptions(Grid: SolverGrid.Time, LowerOrderFinal: false));
        yield return new("dpmpp2m_long", 15, new DpmSolverPlusPlusOptions());
        yield return new("dpmpp3m", 15, new DpmSolverPlusPlusOptions(3, Grid: SolverGrid.Time));
        yield return new("dpmpp2s", 12, new DpmSolverPlusPlusOptions(2, Single, SolverGrid.Time));
        yield return new("dpmpp3s", 12, new DpmSolverPlusPlusOptions(3, Single, SolverGrid.Time));
        yield return new("dpmpp2m_denoise", 9, new DpmSolverPlusPlusOptions(Grid: SolverGrid.Time, DenoiseToZero: true));
    }

    [TestCaseSource(nameof(NoiseRuns))]
    public void Dpm_solver_agrees(string run, int nfe, DpmSolverOptions options) =>
        ExponentialGolden.AssertAgrees(_golden, run, new DpmSolverSampler(options), nfe);

    [TestCaseSource(nameof(DataRuns))]
    public void Dpm_solver_pp_agrees(string run, int nfe, DpmSolverPlusPlusOptions options) =>
        ExponentialGolden.AssertAgrees(_golden, run, new DpmSolverPlusPlusSampler(options), nfe);

    [TestCase("disc_dpms2_single", 2, SolverGrid.Time)]
    [TestCase("disc_dpms3_single", 3, SolverGrid.LogSnr)]
    public void Single_steps_agree_on_a_discrete_schedule(string run, int order, SolverGrid grid) =>
        ExponentialGolden.AssertAgrees(_golden, run, new DpmSolverSampler(new(order, Single, grid)), 12, discrete: true);

    [Test]
    public void Multistep_agrees_on_a_discrete_schedule() =>
        ExponentialGolden.AssertAgrees(_golden, "disc_dpmpp2m", new DpmSolverPlusPlusSampler(new(Grid: SolverGrid.Time)), 10, discrete: true);

    // The repository did not compute this: it is the probability flow ODE by Dormand and Prince's method of order 8 with a tight tolerance.
    [Test]
    public void Many_steps_reach_the_exact_flow([Values] SolverPrediction prediction, [Values] DpmSolverMethod method)
    {
        using var model = Mixture.Of(_golden, ExponentialGolden.Schedule(discrete: false));
        ISampler<IDenoiser> sampler = prediction == SolverPrediction.Noise
            ? new DpmSolverSampler(new(3, method))
            : new DpmSolverPlusPlusSampler(new(3, method));
        AssertReaches(model, sampler, method == Multi ? 1e-3 : 1e-4);
    }

    [Test]
    public void Many_steps_of_unipc_reach_the_exact_flow([Values] SolverPrediction prediction)
    {
        using var model = Mixture.Of(_golden, ExponentialGolden.Schedule(discrete: false));
        AssertReaches(model, new UniPcSampler(new(Prediction: prediction)), 1e-5);
    }

    [Test]
    public void The_plan_of_single_steps_agrees([Values(2, 3)] int order, [Values(9, 10, 11, 12)] int nfe)
    {
        Assert.That(StepOrders.Fast(order, nfe), Is.EqualTo(_golden.Doubles($"ss_o{order}_s{nfe}_orders").Select(o => (int)o)));
        Assert.That(Times(SolverGrid.Time), Is.EqualTo(_golden.Doubles($"ss_o{order}_s{nfe}_outer")).Within(1e-9));
        Assert.That(Times(SolverGrid.LogSnr), Is.EqualTo(_golden.Doubles($"ss_o{order}_s{nfe}_outer_logsnr")).Within(1e-9));

        IEnumerable<double> Times(SolverGrid grid)
        {
            using var model = Mixture.Of(_golden, ExponentialGolden.Schedule(discrete: false));
            return [.. new DpmSolverSampler(new(order, Single, grid)).Levels(model, nfe).Select(model.Schedule.Time)];
        }
    }

    [TestCase(SolverGrid.LogSnr, "logSNR")]
    [TestCase(SolverGrid.Time, "time_uniform")]
    [TestCase(SolverGrid.Quadratic, "time_quadratic")]
    public void Grids_agree(SolverGrid grid, string name)
    {
        var schedule = ExponentialGolden.Schedule(discrete: false);
        var levels = grid.Between(schedule, schedule.SigmaMax, schedule.SigmaMin, 11);
        Assert.That(levels.Select(schedule.Time), Is.EqualTo(_golden.Doubles($"steps_{name}_N10")).Within(1e-9));
    }

    // Below its first step the repository's discrete schedule goes on in a straight line, and ours ends clean at 0.
    [Test]
    public void Schedules_agree([Values] bool discrete)
    {
        var (schedule, name) = (ExponentialGolden.Schedule(discrete), discrete ? "discrete" : "linear");
        var steps = schedule.Steps ?? 1;
        var (times, lambdas, sigmas) = (_golden.Doubles($"ns_{name}_t"), _golden.Doubles($"ns_{name}_lambda"), _golden.Doubles($"ns_{name}_sigma"));
        var inside = Enumerable.Range(0, times.Length).Where(i => !discrete || times[i] >= 1.0 / steps).ToArray();
        Assert.That(inside, Has.Length.GreaterThan(20));
        foreach (var i in inside)
        {
            var sigma = schedule.Sigma(times[i] * steps);
            Assert.That(-Math.Log(sigma), Is.EqualTo(lambdas[i]).Within(1e-9));
            Assert.That(sigma * schedule.Scale(times[i] * steps), Is.EqualTo(sigmas[i]).Within(1e-9));
        }

        var expected = _golden.Doubles($"ns_{name}_inv_lambda_out");
        Assert.That(_golden.Doubles($"ns_{name}_inv_lambda_in").Select(l => ExponentialGolden.Time(schedule, Math.Exp(-l))), Is.EqualTo(expected).Within(1e-9));
    }

    private void AssertReaches(Mixture model, ISampler<IDenoiser> sampler, double tolerance)
    {
        const int Evaluations = 300;
        var levels = sampler.Levels(model, Evaluations);
        var y = sampler.Sample(model, Requests.Over(levels, _golden["latents"] / ExponentialGolden.Scale(levels[0])) with { Nfe = Evaluations });
        Assert.That((y * ExponentialGolden.Scale(levels[^1])).MaxError(_golden["exact_ode_t1e-3"]), Is.LessThan(tolerance));
    }
}

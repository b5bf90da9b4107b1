namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Against NVlabs/edm's ablation sampler on the analytic mixture.</summary>
[TestFixture]
internal sealed class AblationGoldenTests
{
    private static readonly VpSchedule s_vp = new(19.9, 0.1);

    private static IEnumerable<TestCaseData> Runs()
    {
        foreach (var heun in new[] { true, false })
        {
            var suffix = heun ? "heun" : "euler";
            yield return new TestCaseData($"abl_vp_{suffix}", s_vp, new AblationOptions(FlowTime.Vp, AblationGrid.Vp, heun));
            yield return new TestCaseData($"abl_ve_{suffix}", new VeSchedule(), new AblationOptions(FlowTime.Ve, AblationGrid.Ve, heun));
            yield return new TestCaseData($"abl_iddpm_{suffix}", new EdmSchedule(0.002, 81), new AblationOptions(FlowTime.Edm, AblationGrid.Iddpm, heun));
            yield return new TestCaseData($"abl_edm_{suffix}", new EdmSchedule(), new AblationOptions(FlowTime.Edm, AblationGrid.Edm, heun));
        }

        yield return new TestCaseData("abl_edm_alpha", new EdmSchedule(), new AblationOptions(FlowTime.Edm, AblationGrid.Edm, Alpha: 0.5));
        yield return new TestCaseData("abl_edm_on_vp", Through(0.002, 80), new AblationOptions(FlowTime.Vp, AblationGrid.Edm));
        yield return new TestCaseData("abl_vp_churn", s_vp, new AblationOptions(SChurn: 4, SMin: 0.05, SMax: 50, SNoise: 1.007));
    }

    // iDDPM's table is computed in float32 there, which costs most at its low end; the test below has it in float64.
    [TestCaseSource(nameof(Runs))]
    public void Levels_agree(string run, INoiseSchedule schedule, AblationOptions options)
    {
        using var scope = torch.NewDisposeScope();
        using var golden = new GoldenFile("edm_samplers");
        using var model = Mixture.Of(golden, schedule);
        var levels = new AblationSampler(options).Levels(model, options.Heun ? 17 : 9);
        var expected = golden.Doubles($"{run}_sigma_steps");
        Assert.That(levels, Has.Count.EqualTo(expected.Length));
        Assert.That(levels.Zip(expected, (a, b) => Math.Abs(a - b) / Math.Max(b, 1e-3)), Has.All.LessThan(options.Grid == AblationGrid.Iddpm ? 5e-4 : 1e-10));
    }

    [Test]
    public void The_table_of_iddpm_agrees()
    {
        using var golden = new GoldenFile("edm_precond");
        var expected = golden.Doubles("iddpm_u_f64");
        var actual = AblationFrames.IddpmTable();
        Assert.That(actual.Zip(expected, (a, b) => Math.Abs(a - b) / Math.Max(b, 1e-3)), Has.All.LessThan(1e-9));
        Assert.That(actual, Has.Length.EqualTo(expected.Length));
    }

    // With edm's levels on the VP time the code finds a level again by rounding, and adds noise of the root of the rounding error.
    [TestCaseSource(nameof(Runs))]
    public void Runs_agree(string run, INoiseSchedule schedule, AblationOptions options)
    {
        using var scope = torch.NewDisposeScope();
        using var golden = new GoldenFile("edm_samplers");
        using var model = Mixture.Of(golden, schedule);
        var sampler = new AblationSampler(options);
        var levels = golden.Doubles($"{run}_sigma_steps");
        var tolerance = run == "abl_edm_on_vp" ? 1e-7 : 1e-9;
        for (var stop = 0; stop < levels.Length; stop++)
        {
            model.Calls.Clear();
            var draws = options.SChurn > 0 ? new Draws(golden[$"{run}_noise"]) : null;
            var y = sampler.Sample(model, Requests.Over(levels, golden["latents"] * levels[0], stop), () => draws!.Next());
            var scale = options.Time == FlowTime.Vp ? schedule.Scale(schedule.Time(Math.Max(levels[stop], 1e-12))) : 1;
            var expected = stop < levels.Length - 1 ? golden[$"{run}_x_cur"][stop] : golden[$"{run}_final"];
            Assert.That((y * scale).MaxError(expected), Is.LessThan(tolerance), $"at {stop}");
        }

        Assert.That(model.Calls, Is.EqualTo(golden.Doubles($"{run}_call_sigma")).Within(1e-9));
    }

    // The code chooses betas such that sigma is the lowest level at t = 0.001 and the highest one at t = 1.
    private static VpSchedule Through(double low, double high)
    {
        var (first, last) = (Math.Log(1 + (low * low)) / 1e-3, Math.Log(1 + (high * high)));
        var slope = 2 * (first - last) / (1e-3 - 1);
        return new(slope, last - (slope / 2));
    }
}

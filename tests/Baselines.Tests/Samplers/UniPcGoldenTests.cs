namespace Dfx.Baselines.Tests.Samplers;

/// <summary>
/// Against wl-zhao/UniPC's uni_pc.py (commit cf9de85) on the analytic mixture, run in float64. Mixture, latents and schedules are those of
/// samplers_dpm_solver; the runs end at time 1e-3. The predictor's own runs, unip*, pass use_corrector=False to every update.
/// </summary>
[TestFixture]
internal sealed class UniPcGoldenTests
{
    private static IEnumerable<TestCaseData> Runs()
    {
        yield return new("unipc3_bh1", 10, new UniPcOptions());
        yield return new("unipc3_bh2", 10, new UniPcOptions(Function: UniPcFunction.Bh2, Grid: SolverGrid.Time));
        yield return new("unipc2_bh1", 8, new UniPcOptions(2, Grid: SolverGrid.Time));
        yield return new("unipc2_bh2", 8, new UniPcOptions(2, UniPcFunction.Bh2));
        yield return new("unipc1_bh1", 6, new UniPcOptions(1, Grid: SolverGrid.Quadratic));
        yield return new("unipc1_bh2", 6, new UniPcOptions(1, UniPcFunction.Bh2, Grid: SolverGrid.Quadratic));
        yield return new("unipc3_noise", 12, new UniPcOptions(3, UniPcFunction.Bh2, SolverPrediction.Noise, Grid: SolverGrid.Time));
        yield return new("unipc2_noise", 9, new UniPcOptions(2, Prediction: SolverPrediction.Noise));
        yield return new("unipc3_nolower", 10, new UniPcOptions(LowerOrderFinal: false));
        yield return new("unipc3_denoise", 10, new UniPcOptions(DenoiseToZero: true));
        yield return new("unip3", 10, new UniPcOptions(Corrector: false));
        yield return new("unip2", 10, new UniPcOptions(2, Corrector: false));
    }

    [TestCaseSource(nameof(Runs))]
    public void Runs_agree(string run, int nfe, UniPcOptions options)
    {
        using var scope = torch.NewDisposeScope();
        using var golden = new GoldenFile("samplers_unipc");
        ExponentialGolden.AssertAgrees(golden, run, new UniPcSampler(options), nfe);
    }

    [Test]
    public void A_run_on_a_discrete_schedule_agrees()
    {
        using var scope = torch.NewDisposeScope();
        using var golden = new GoldenFile("samplers_unipc");
        ExponentialGolden.AssertAgrees(golden, "disc_unipc3", new UniPcSampler(new(Function: UniPcFunction.Bh2, Grid: SolverGrid.Time)), 10, discrete: true);
    }
}

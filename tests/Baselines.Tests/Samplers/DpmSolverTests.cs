namespace Dfx.Baselines.Tests.Samplers;

[TestFixture]
internal sealed class DpmSolverTests
{
    // EDM's own time is sigma, in equal steps of which nearly all levels would lie far above the data.
    [Test]
    public void On_edm_models_equal_steps_of_time_are_those_of_the_variance_preserving_process()
    {
        using var model = Mixture.Gaussian(0.3, 0.25, new EdmSchedule());
        var levels = new DpmSolverSampler(new(1, Grid: SolverGrid.Time)).Levels(model, 20);
        Assert.That(levels[0], Is.EqualTo(80).Within(1e-9));
        Assert.That(levels[^1], Is.EqualTo(0.002).Within(1e-9));

        // beta rises from 0.1 by 19.9: ln(1 + sigma²) = 9.95 t² + 0.1 t has equal second differences in equal steps of t.
        var logs = levels.Select(sigma => Math.Log(1 + (sigma * sigma))).ToArray();
        var steps = logs.Zip(logs.Skip(1), (a, b) => a - b).ToArray();
        var seconds = steps.Zip(steps.Skip(1), (a, b) => a - b).ToArray();
        Assert.That(seconds, Is.All.EqualTo(seconds[0]).Within(1e-9));
    }

    [Test]
    public void Levels_of_another_budget_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Mixture.Gaussian(0.3, 0.25, new EdmSchedule());
        var sampler = new DpmSolverSampler(new());
        var request = Requests.Of(sampler, model, 12) with { Nfe = 20 };
        Assert.That(() => sampler.Sample(model, request), Throws.ArgumentException.With.Message.Contains("6 levels").And.Message.Contains("20 evaluations"));
    }

    // With B2(h) UniP-2 is the multistep solver of order 2.
    [TestCase(SolverPrediction.Noise)]
    [TestCase(SolverPrediction.Data)]
    public void Unipc_without_its_corrector_is_a_multistep_dpm_solver(SolverPrediction prediction)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Mixture.Gaussian(0.3, 0.25, new EdmSchedule());
        var predictor = new UniPcSampler(new(2, UniPcFunction.Bh2, prediction, Corrector: false));
        ISampler<IDenoiser> solver = prediction == SolverPrediction.Noise
            ? new DpmSolverSampler(new(2, DpmSolverMethod.Multistep))
            : new DpmSolverPlusPlusSampler(new());
        var request = Requests.Of(solver, model, 9);
        Assert.That(predictor.Sample(model, request).MaxError(solver.Sample(model, request)), Is.LessThan(1e-11));
    }
}

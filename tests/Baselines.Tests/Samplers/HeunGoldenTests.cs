namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Against NVlabs/edm's sampler on the analytic mixture.</summary>
[TestFixture]
internal sealed class HeunGoldenTests
{
    private DisposeScope _scope = null!;
    private GoldenFile _golden = null!;

    [SetUp]
    public void SetUp() => (_scope, _golden) = (torch.NewDisposeScope(), new("edm_samplers"));

    [TearDown]
    public void TearDown()
    {
        _golden.Dispose();
        _scope.Dispose();
    }

    private static IEnumerable<TestCaseData> Runs()
    {
        yield return new TestCaseData("edm_det", 35, new HeunOptions());
        yield return new TestCaseData("edm_churn", 35, new HeunOptions(SChurn: 40, SMin: 0.05, SMax: 50, SNoise: 1.003));
        yield return new TestCaseData("edm_churn_small", 17, new HeunOptions(SChurn: 3));
    }

    [Test]
    public void The_mixture_is_the_golden_one()
    {
        using var mixture = Mixture.Of(_golden, new EdmSchedule());
        Assert.That(mixture.Denoise(_golden["D_x"], _golden["D_sigma"]).MaxError(_golden["D_out"]), Is.LessThan(1e-9));
    }

    [TestCaseSource(nameof(Runs))]
    public void Runs_agree(string run, int nfe, HeunOptions options)
    {
        using var model = Mixture.Of(_golden, new EdmSchedule());
        var sampler = new HeunSampler(options);
        var levels = sampler.Levels(model, nfe);
        Assert.That(levels, Is.EqualTo(_golden.Doubles($"{run}_sigma_steps")).Within(1e-9));

        var final = sampler.Sample(model, Requests.Over(levels, _golden["latents"] * levels[0]), Noise(run));

        Assert.That(final.MaxError(_golden[$"{run}_final"]), Is.LessThan(1e-9));
        Assert.That(model.Calls, Is.EqualTo(_golden.Doubles($"{run}_call_sigma")).Within(1e-9));
        Assert.That(model.Calls, Has.Count.EqualTo((int)_golden.Doubles($"{run}_nfe")[0]));
    }

    [TestCaseSource(nameof(Runs))]
    public void Stopping_early_returns_the_state_of_that_level(string run, int nfe, HeunOptions options)
    {
        using var model = Mixture.Of(_golden, new EdmSchedule());
        var sampler = new HeunSampler(options);
        var levels = sampler.Levels(model, nfe);
        foreach (var stop in new[] { 0, 1, levels.Count / 2, levels.Count - 2 })
        {
            var state = sampler.Sample(model, Requests.Over(levels, _golden["latents"] * levels[0], stop), Noise(run));
            Assert.That(state.MaxError(_golden[$"{run}_x_cur"][stop]), Is.LessThan(1e-9), $"at {stop}");
        }
    }

    private Func<torch.Tensor> Noise(string run)
    {
        var draw = 0;
        return () => _golden[$"{run}_noise"][draw++];
    }
}

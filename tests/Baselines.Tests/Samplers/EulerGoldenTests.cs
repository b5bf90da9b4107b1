namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Against NVlabs/edm's ablation sampler with Euler steps on the analytic mixture.</summary>
[TestFixture]
internal sealed class EulerGoldenTests
{
    [Test]
    public void The_run_agrees()
    {
        using var scope = torch.NewDisposeScope();
        using var golden = new GoldenFile("edm_samplers");
        using var model = Mixture.Of(golden, new EdmSchedule());
        var sampler = new EulerSampler(new EulerOptions());
        var levels = sampler.Levels(model, 9);

        var final = sampler.Sample(model, Requests.Over(levels, golden["latents"] * levels[0]));

        Assert.That(levels, Is.EqualTo(golden.Doubles("abl_edm_euler_sigma_steps")).Within(1e-9));
        Assert.That(final.MaxError(golden["abl_edm_euler_final"]), Is.LessThan(1e-9));
        Assert.That(model.Calls, Has.Count.EqualTo(9));
    }
}

using System.Collections.Immutable;

namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Against ermongroup/ddim's generalized steps on the analytic mixture, at every level.</summary>
[TestFixture]
internal sealed class DdimGoldenTests
{
    [TestCase("ddim_eta0", 20, 0, StepSet.Uniform)]
    [TestCase("ddim_eta1", 20, 1, StepSet.Uniform)]
    [TestCase("ddim_eta03", 10, 0.3, StepSet.Uniform)]
    [TestCase("ddim_quad_eta0", 10, 0, StepSet.Quadratic)]
    public void Runs_agree(string run, int nfe, double eta, StepSet steps)
    {
        using var scope = torch.NewDisposeScope();
        using var golden = new GoldenFile("samplers_ddim");
        var schedule = new DiscreteSchedule([.. golden.Doubles("alphas_cumprod")]);
        using var model = Mixture.Of(golden, schedule);
        var sampler = new DdimSampler(new DdimOptions(eta, Steps: steps));
        var levels = sampler.Levels(model, nfe);
        var times = golden.Doubles($"{run}_seq").Reverse().Select(t => t + 1).ToArray();
        Assert.That(levels, Is.EqualTo(times.Select(schedule.Sigma).Append(0)).Within(1e-12));

        // In the paper's frame x = a y, and the levels' a are 1 / sqrt(1 + sigma^2).
        var scales = levels.Select(s => 1 / Math.Sqrt(1 + (s * s))).ToArray();
        for (var stop = 0; stop < levels.Count; stop++)
        {
            var draw = 0;
            var start = golden["latents"] / scales[0];
            var y = sampler.Sample(model, Requests.Over(levels, start, stop), () => golden[$"{run}_noise"][draw++]);
            Assert.That((y * scales[stop]).MaxError(golden[$"{run}_xs"][stop]), Is.LessThan(1e-10), $"at {stop}");
        }
    }

    [Test]
    public void Linear_betas_are_those_of_the_repository()
    {
        using var golden = new GoldenFile("samplers_ddim");
        var expected = golden.Doubles("alphas_cumprod").ToImmutableArray();
        var schedule = DiscreteSchedule.Linear();
        Assert.That(Enumerable.Range(1, 1000).Select(t => schedule.AlphaBar(t)), Is.EqualTo(expected).Within(1e-12));
    }
}

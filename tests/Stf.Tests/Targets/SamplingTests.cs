using Dfx.Baselines;
using Dfx.Numerics.Noise;

namespace Dfx.Stf.Tests.Targets;

/// <summary>The target over a whole dataset is a denoiser, and samplers find the dataset with it.</summary>
[TestFixture]
internal sealed class SamplingTests
{
    [Test]
    public void Heun_lands_on_one_of_two_points()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new ExactDenoiser(torch.tensor([-0.7, 0.4, 0.6, -0.9], [2, 1, 1, 2]).@double());
        var sampler = new HeunSampler(new());
        var noise = new SampleNoise(NoiseKey.For(1, "sampling"), 0, 32, model.Shape, torch.CPU);
        var levels = sampler.Levels(model, 35);
        var start = model.Prior(levels[0], noise);
        var samples = sampler.Sample(model, new() { Nfe = 35, Levels = levels, Stop = levels.Count - 1, Start = start, Noise = noise }).view(32, 1, 2);
        var distance = (samples - model.Points.view(1, 2, 2)).abs().amax(2);
        Assert.That(distance.amin(1).max().ToDouble(), Is.LessThan(1e-2));
        Assert.That(distance.narrow(1, 0, 1).lt(0.1).@double().mean().ToDouble(), Is.InRange(0.2, 0.8), "both points are found");
        Assert.That(model.Calls, Is.EqualTo(35));
    }
}

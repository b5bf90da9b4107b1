using Dfx.Numerics.Noise;

namespace Dfx.Sdk.Tests.Models;

/// <summary>A denoiser seen as a model of the corruption C = I.</summary>
public sealed class DenoiserAsCorruptionTests
{
    private const double Mean = 0.3;
    private const double Variance = 0.25;

    [Test]
    public void Levels_run_geometrically_from_0_to_the_largest()
    {
        using var model = Model();
        var noise = model.Corruption;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(noise.Sigma(0), Is.Zero);
            Assert.That(noise.Sigma(1), Is.EqualTo(50).Within(1e-12));
            Assert.That(noise.Sigma(1e-9), Is.EqualTo(0.01).Within(1e-9));
            Assert.That(noise.Sigma(0.5), Is.EqualTo(Math.Sqrt(0.01 * 50)).Within(1e-12));
            Assert.That(Enumerable.Range(0, 101).Select(i => noise.Sigma(i / 100.0)), Is.Ordered.And.Unique);
            Assert.That(noise.MinLevel, Is.GreaterThan(0).And.LessThan(1e-3));
            Assert.That(noise.MinSteps, Is.EqualTo(1), "noise can be removed at once");
        }
    }

    [Test]
    public void Nothing_but_noise_is_added()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        var x = torch.rand([3, 1, 2, 2], torch.float64);
        var same = model.Corruption.Apply(x, torch.tensor([0.0, 0.5, 1.0]));
        Assert.That((same - x).abs().max().ToDouble(), Is.Zero);
        same.fill_(9);
        Assert.That(x.max().ToDouble(), Is.LessThan(1), "the result is a tensor of its own");
        Assert.That(new[] { 0, 0.3, 1 }.Select(model.Corruption.IsIdentity), Has.All.True);
    }

    /// <summary>The posterior mean of a Gaussian at sigma(t) = 0.01 * 5000^t, by hand.</summary>
    [TestCase(1.0)]
    [TestCase(0.37)]
    [TestCase(0.001)]
    public void Restoring_is_denoising_at_the_level_of_t(double t)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        var x = torch.tensor([1.5, -2, 0, 0.3], [1, 1, 2, 2]);
        var sigma = 0.01 * Math.Pow(5000, t);
        var expected = new[] { 1.5, -2, 0, 0.3 }.Select(v => Mean + Variance / (Variance + (sigma * sigma)) * (v - Mean));
        Assert.That(model.Restore(x, torch.tensor([t])).data<double>().ToArray(), Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void Every_row_has_a_level_of_its_own()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        var x = torch.ones([2, 1, 2, 2], torch.float64);
        var both = model.Restore(x, torch.tensor([0.2, 0.9]));
        var second = model.Restore(x.narrow(0, 1, 1), torch.tensor([0.9]));
        Assert.That((both.narrow(0, 1, 1) - second).abs().max().ToDouble(), Is.Zero);
        Assert.That((both.narrow(0, 0, 1) - second).abs().max().ToDouble(), Is.GreaterThan(0.1));
    }

    [Test]
    public void The_prior_has_the_scale_of_the_level()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        var key = NoiseKey.For(1, "sampling");
        var prior = model.Prior(1, new(key, 0, 4, model.Shape, torch.CPU));
        var z = new SampleNoise(key, 0, 4, model.Shape, torch.CPU).Normal();
        Assert.That((prior - (z * 50)).abs().max().ToDouble(), Is.LessThan(1e-11));
    }

    [Test]
    public void Everything_else_is_passed_on()
    {
        using var scope = torch.NewDisposeScope();
        var inner = new AnalyticGaussian(Mean, Variance);
        var model = new DenoiserAsCorruption(inner);
        var condition = new Condition { Channels = torch.zeros([1, 1, 2, 2]) };
        _ = model.Restore(torch.zeros([1, 1, 2, 2], torch.float64), torch.tensor([0.5]), condition);
        model.Dispose();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(inner.Given, Is.SameAs(condition));
            Assert.That(model.Networks, Is.EqualTo(inner.Networks));
            Assert.That(model.Shape, Is.EqualTo(inner.Shape));
            Assert.That(model.ToCheckpoint().Facts["is"], Is.EqualTo("gaussian"));
            Assert.That(inner.Disposed, Is.True);
        }
    }

    [Test]
    public void Nothing_leaks_into_the_callers_scope()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Model();
        using var x = torch.zeros([1, 1, 2, 2], torch.float64);
        using var t = torch.tensor([0.5]);
        var before = scope.DisposablesCount;
        _ = model.Restore(x, t);
        Assert.That(scope.DisposablesCount, Is.EqualTo(before + 1));
    }

    private static DenoiserAsCorruption Model() => new(new AnalyticGaussian(Mean, Variance));
}

using Dfx.Numerics.Noise;

namespace Dfx.Diffusion.Tests.HeavyTails;

/// <summary>Laws of the heavy-tailed noise, against closed forms and the published tables.</summary>
[TestFixture]
internal sealed class StudentNoiseTests
{
    private const int Draws = 20_000;

    // The Kolmogorov distance of so many draws exceeds 1.95 / √n once in a thousand.
    private static readonly double s_distance = 1.95 / Math.Sqrt(Draws);
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // Of integer shapes k, P(x) = 1 - e^-x Σ_{i<k} x^i / i!.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(64)]
    public void Gamma_variates_have_their_law(int shape)
    {
        var sorted = Gamma(shape).Order().ToArray();
        Assert.That(sorted[0], Is.GreaterThan(0));
        Assert.That(Enumerable.Range(0, Draws).Max(i => Math.Abs(Cumulative(sorted[i], shape) - ((i + 0.5) / Draws))), Is.LessThan(s_distance));
    }

    // Mean and variance are the shape; four standard errors.
    [TestCase(1.5)]
    [TestCase(10.25)]
    [TestCase(1e6)]
    public void Gamma_variates_have_their_moments(double shape)
    {
        var values = Gamma(shape);
        var mean = values.Average();
        Assert.That(mean, Is.EqualTo(shape).Within(4 * Math.Sqrt(shape / Draws)));
        var variance = values.Sum(v => (v - mean) * (v - mean)) / (Draws - 1);
        Assert.That(variance, Is.EqualTo(shape).Within(4 * shape * Math.Sqrt((2 + (6 / shape)) / Draws)));
    }

    [Test]
    public void Shapes_below_one_are_refused() =>
        Assert.That(() => GammaVariates.Draw(torch.zeros([1, 1]), torch.ones([1, 1]), 0.5), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Radii_have_the_published_quantiles()
    {
        using var golden = new GoldenFile("pfgmpp");
        var (d, n) = (golden.Doubles("D_N")[0], (long)golden.Doubles("D_N")[1]);
        const int Count = 4000;
        var ratios = new List<double>();
        for (var first = 0; first < Count; first += 500)
        {
            var noise = new SampleNoise(NoiseKey.For(9, "radii"), first, 500, new(1, 1, (int)n), torch.CPU);
            using var scope = torch.NewDisposeScope();
            ratios.AddRange((Prior(noise, d, 1).square().sum([1L, 2, 3]) / d).sqrt().data<double>());
        }

        foreach (var (p, quantile) in golden.Doubles("quantile_p").Zip(golden.Doubles("ratio_quantiles")))
        {
            Assert.That(ratios.Count(r => r <= quantile) / (double)Count, Is.EqualTo(p).Within(1.95 / Math.Sqrt(Count)), $"quantile {p}");
        }

        // R² / r² = N / (D - 2) on average, and the published variance; four standard errors.
        var error = 4 * Math.Sqrt(golden.Doubles("ratio2_var")[0] / Count);
        Assert.That(ratios.Average(r => r * r), Is.EqualTo(golden.Doubles("ratio2_mean")[0]).Within(error));
    }

    [Test]
    public void The_prior_is_the_gaussian_one_times_a_number_for_each_sample()
    {
        var noise = new SampleNoise(NoiseKey.For(9, "prior"), 0, 4, new(1, 3, 3), torch.CPU);
        var ratio = Prior(noise, 3, 80) / (new SampleNoise(NoiseKey.For(9, "prior"), 0, 4, new(1, 3, 3), torch.CPU).Normal() * 80);
        Assert.That((ratio.amax([1L, 2, 3], true) - ratio.amin([1L, 2, 3], true)).max().ToDouble(), Is.LessThan(1e-12));
        Assert.That(ratio.amax(1, 2, 3).data<double>().ToArray(), Is.Unique);
        var alone = Prior(new(NoiseKey.For(9, "prior"), 2, 1, new(1, 3, 3), torch.CPU), 3, 80);
        Assert.That(alone.MaxError(Prior(new(NoiseKey.For(9, "prior"), 0, 4, new(1, 3, 3), torch.CPU), 3, 80).narrow(0, 2, 1)), Is.Zero);
    }

    [Test]
    public void With_many_dimensions_the_prior_is_gaussian()
    {
        var noise = new SampleNoise(NoiseKey.For(9, "prior"), 0, 4, new(1, 3, 3), torch.CPU);
        var normal = new SampleNoise(NoiseKey.For(9, "prior"), 0, 4, new(1, 3, 3), torch.CPU).Normal();
        Assert.That(Prior(noise, 1e9, 1).MaxError(normal), Is.LessThan(1e-3));
    }

    [Test]
    public void The_gaussian_prior_is_that_of_the_same_numbers()
    {
        static SampleNoise Noise() => new(NoiseKey.For(9, "prior"), 0, 4, new(1, 3, 3), torch.CPU);
        Assert.That(Prior(Noise(), 3, 80, StudentPrior.Gaussian).MaxError(Noise().Normal() * 80), Is.Zero);
        Assert.That(Prior(Noise(), 3, 80).MaxError(Noise().Normal() * 80), Is.GreaterThan(1));
    }

    private static torch.Tensor Prior(SampleNoise noise, double dimension, double level, StudentPrior prior = StudentPrior.Student)
    {
        using var scope = torch.NewDisposeScope();
        var network = UNets.Create(new() { Channels = 4, Multipliers = [1] }, new(noise.Shape), 1);
        using var model = new StudentDenoiser(new(network, new EdmProcess(), noise.Shape), dimension, prior);
        return scope.MoveToOuter(model.Prior(level, noise));
    }

    private static double[] Gamma(double shape)
    {
        var normals = new StepNoise(3, "normals", torch.CPU).Normal(0, Draws, GammaVariates.Candidates).@double();
        var uniforms = new StepNoise(3, "uniforms", torch.CPU).Uniform(0, Draws, GammaVariates.Candidates).@double();
        return [.. GammaVariates.Draw(normals, uniforms, shape).data<double>()];
    }

    private static double Cumulative(double x, int shape)
    {
        var (term, sum) = (1.0, 0.0);
        for (var i = 0; i < shape; i++)
        {
            sum += term;
            term *= x / (i + 1);
        }

        return 1 - (Math.Exp(-x) * sum);
    }
}

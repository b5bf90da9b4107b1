using Dfx.Data.Synthetic;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

public sealed class SyntheticTests
{
    private static readonly DataContext s_context = new(null, "");

    private DisposeScope _scope = null!;

    [SetUp]
    public void Begin() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void End() => _scope.Dispose();

    [Test]
    public void Draws_have_the_moments_in_closed_form()
    {
        var dataset = new GaussianMixtureDataset(new(Components: 3, Dimension: 4, Std: 0.3, Train: 40_000));
        using var data = dataset.Open(s_context);
        var x = data.Read(Split.Train, Enumerable.Range(0, 40_000).ToArray()).flatten(1).to(torch.float64);
        var centred = x - x.mean([0L]);

        Assert.That((x.mean([0L]) - dataset.Mixture.Mean()).abs().max().ToDouble(), Is.LessThan(0.02));
        Assert.That(((centred.t().mm(centred) / 39_999) - dataset.Mixture.Covariance()).abs().max().ToDouble(), Is.LessThan(0.02));
        Assert.That(data is IKnownDistribution, Is.True);
    }

    [Test]
    public void Two_gaussians_are_where_they_should_be()
    {
        using var data = new TwoGaussiansDataset(new(Std: 0, Train: 500)).Open(s_context);
        var x = data.Read(Split.Train, Enumerable.Range(0, 500).ToArray());
        var labels = data.Labels(Split.Train, Enumerable.Range(0, 500).ToArray());

        Assert.That((data.Shape, data.IsImages), Is.EqualTo((new DataShape(64, 1, 1), false)));
        Assert.That(x.abs().sub(0.5).abs().max().ToDouble(), Is.LessThan(1e-7));
        Assert.That(x.select(1, 7).flatten().gt(0).eq(labels.eq(0)).sum().ToInt64(), Is.EqualTo(500));
        Assert.That(labels.sum().ToInt64(), Is.EqualTo(250).Within(50));
    }

    [Test]
    public void A_vector_does_not_depend_on_how_many_there_are()
    {
        using var few = new GaussianMixtureDataset(new(Train: 10)).Open(s_context);
        using var many = new GaussianMixtureDataset(new(Train: 1000, Test: 10)).Open(s_context);
        int[] first = [.. Enumerable.Range(0, 10)];

        Assert.That(Values(many, Split.Train, first), Is.EqualTo(Values(few, Split.Train, first)));
        Assert.That(Values(many, Split.Test, first), Is.Not.EqualTo(Values(many, Split.Train, first)));
        Assert.That(Values(many, Split.Train, [3, 3]), Is.EqualTo(Values(many, Split.Train, [3, 3, 1])[..4]));
    }

    [Test]
    public void Every_parameter_is_in_the_fingerprint()
    {
        GaussianMixtureOptions plain = new();
        GaussianMixtureOptions[] all =
        [
            plain, plain with { Components = 9 }, plain with { Dimension = 3 }, plain with { Separation = 2 }, plain with { Std = 1 },
            plain with { Train = 11 }, plain with { Test = 11 }, plain with { Seed = 1 },
        ];

        Assert.That(all.Select(o => new GaussianMixtureDataset(o).Fingerprint(s_context)).Distinct().Count(), Is.EqualTo(all.Length));
        Assert.That(new GaussianMixtureDataset(plain with { Seed = 0 }).Fingerprint(s_context), Is.EqualTo(new GaussianMixtureDataset(plain).Fingerprint(s_context)));
    }

    [Test]
    public void An_index_out_of_range_is_refused()
    {
        using var data = new TwoGaussiansDataset(new(Train: 10)).Open(s_context);
        Assert.That(() => data.Read(Split.Train, [10]), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    // Integrals over x0 on a fine grid know nothing of the closed form.
    [TestCase(0.05, 0.3)]
    [TestCase(0.4, 0.3)]
    [TestCase(3, 0.3)]
    [TestCase(0.4, 1.2)]
    public void Denoiser_and_variance_are_the_integrals(double sigma, double std)
    {
        var mixture = new GaussianMixture([0.7, 0.3], [[-1], [0.8]], std);
        double[] at = [-2, -0.3, 0.4, 1.7];
        var x = torch.tensor(at, [4, 1]);
        var (denoised, variance) = (mixture.Denoise(x, sigma).data<double>().ToArray(), mixture.PosteriorVariance(x, sigma).data<double>().ToArray());
        for (var i = 0; i < at.Length; i++)
        {
            var (mean, spread) = Posterior(mixture, at[i], sigma);
            Assert.That(denoised[i], Is.EqualTo(mean).Within(1e-9));
            Assert.That(variance[i], Is.EqualTo(spread).Within(1e-9));
            Assert.That(mixture.Score(x, sigma)[i, 0].ToDouble(), Is.EqualTo((mean - at[i]) / (sigma * sigma)).Within(1e-7 / (sigma * sigma)));
        }
    }

    // Two atoms at a distance Delta: E[Tr Cov(x0 | x)] = Delta^2 h(a) with a = Delta / sigma and h(1) = 0.198986, by quadrature.
    [Test]
    public void Two_atoms_have_the_known_variance()
    {
        var mixture = new TwoGaussiansDataset(new(Std: 0)).Mixture;
        var along = torch.linspace(-8, 8, 4001, dtype: torch.float64);
        var density = (along.square() * -0.5).exp();

        // By symmetry one atom is enough, and only the part of the noise along the line of both matters.
        var unit = torch.full([64], 0.125, dtype: torch.float64);
        var x = (along * 8).unsqueeze(1) * unit + torch.tensor(mixture.Means[0]);
        var mean = (mixture.PosteriorVariance(x, 8) * density).sum().ToDouble() / density.sum().ToDouble();

        Assert.That(mean / 64, Is.EqualTo(0.198986).Within(1e-6));
    }

    private static float[] Values(IDataSource data, Split split, int[] indices) => data.Read(split, indices).data<float>().ToArray();

    private static (double Mean, double Variance) Posterior(GaussianMixture mixture, double x, double sigma)
    {
        var (mass, first, second) = (0.0, 0.0, 0.0);
        for (var x0 = -12.0; x0 < 12; x0 += 1e-3)
        {
            var prior = mixture.Weights.Select((w, k) => w * Normal(x0 - mixture.Means[k][0], mixture.Std)).Sum();
            var weight = prior * Normal(x - x0, sigma);
            (mass, first, second) = (mass + weight, first + (weight * x0), second + (weight * x0 * x0));
        }

        return (first / mass, (second / mass) - (first / mass * first / mass));
    }

    private static double Normal(double x, double std) => Math.Exp(-x * x / (2 * std * std)) / std;
}

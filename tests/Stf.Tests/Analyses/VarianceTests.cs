using Dfx.Stf.Analyses;

namespace Dfx.Stf.Tests.Analyses;

[TestFixture]
internal sealed class VarianceTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase(0.5, 0.235264)]
    [TestCase(1, 0.198986)]
    [TestCase(2, 0.112400)]
    [TestCase(4, 0.0171494)]
    [TestCase(6, 1.03777e-3)]
    public void The_closed_form_of_two_gaussians_has_known_values(double a, double expected) =>
        Assert.That(TwoGaussians.Confusion(a), Is.EqualTo(expected).Within(1e-5).Percent.Or.EqualTo(expected).Within(6e-7));

    // In units of the distance: V Distance² = a⁴ h(a).
    [Test]
    public void Its_peak_is_where_the_distance_is_3655_sigma()
    {
        var toy = new TwoGaussians(64, 8, 0);
        double V(double a) => toy.Between(8 / a) * 64;
        Assert.That(V(3.655), Is.EqualTo(4.5219).Within(1e-4));
        Assert.That(V(3.6), Is.LessThan(V(3.655)));
        Assert.That(V(3.71), Is.LessThan(V(3.655)));
        Assert.That(toy.Within(0.1), Is.Zero);
    }

    [TestCase(1)]
    [TestCase(3)]
    public void The_variance_of_two_points_is_the_integral_over_x(double a)
    {
        var points = new TwoPoints(a);
        var integral = points.Mean(points.Data.Variance(points.Data.Posterior(points.States, 1)));
        Assert.That(integral, Is.EqualTo(new TwoGaussians(1, a, 0).Between(1)).Within(1e-9));
    }

    // Var[x0 | x] of one dimension by sums over a grid of x0.
    [TestCase(0.4, 0.5)]
    [TestCase(0.7, 1.5)]
    public void The_closed_form_holds_for_wide_gaussians(double deviation, double sigma)
    {
        var grid = torch.linspace(-8, 8, 1601).@double().view(1, -1);
        var prior = ((grid - 1).square() / (-2 * deviation * deviation)).exp() + ((grid + 1).square() / (-2 * deviation * deviation)).exp();
        var joint = prior / prior.sum() * ((grid.view(-1, 1) - grid).square() / (-2 * sigma * sigma)).exp();
        var evidence = joint.sum(1L);
        var mean = (joint * grid).sum(1L) / evidence;
        var variance = ((joint * grid.square()).sum(1L) / evidence) - mean.square();
        var expected = (variance * evidence).sum().ToDouble() / evidence.sum().ToDouble() / Math.Pow(sigma, 4);
        var toy = new TwoGaussians(1, 2, deviation);
        Assert.That(toy.Within(sigma) + toy.Between(sigma), Is.EqualTo(expected).Within(0.1).Percent);
    }

    [TestCase(0.5, 0.059237)]
    [TestCase(1, 0.212417)]
    [TestCase(2, 0.607044)]
    [TestCase(3.655, 1.024132)]
    [TestCase(14, 31.0 / 27)]
    public void The_divergence_of_two_points_has_known_values(double a, double expected)
    {
        var points = new TwoPoints(a);
        var divergence = points.Mean(points.Data.Divergence(points.Data.Posterior(points.States, 1)));
        Assert.That(divergence, Is.EqualTo(expected).Within(2e-5));
    }

    // f(1) = 0; value and slope are continuous at 1.5, where the posterior's share is 2 / (3 N).
    [Test]
    public void The_divergence_is_smooth_and_bounded()
    {
        var data = new FiniteData(torch.arange(4).@double().view(4, 1));
        double D(double w) => data.Divergence(torch.tensor([w, (1 - w) / 3, (1 - w) / 3, (1 - w) / 3], [1, 4])).ToDouble();
        Assert.That(D(0.25), Is.Zero.Within(1e-15));
        const double Joint = 1.0 / 6;
        Assert.That(D(Joint + 1e-9), Is.EqualTo(D(Joint - 1e-9)).Within(1e-8));
        Assert.That((D(Joint + 1e-5) - D(Joint)) / 1e-5, Is.EqualTo((D(Joint) - D(Joint - 1e-5)) / 1e-5).Within(1e-3));
        Assert.That(D(1), Is.EqualTo(9 + (8 * 3.0 / (27 * 4))).Within(1e-12).And.LessThanOrEqualTo(9 + (8.0 / 27)));
        Assert.That(Enumerable.Range(1, 99).Select(i => D(i / 100.0)), Is.All.GreaterThanOrEqualTo(-1e-15));
    }

    [TestCase(0.1, 2, 0.50000)]
    [TestCase(0.1, 4, 0.24977)]
    [TestCase(0.1, 16, 0.06237)]
    [TestCase(0.1, 64, 0.01559)]
    [TestCase(1, 2, 0.50000)]
    [TestCase(1, 4, 0.23459)]
    [TestCase(1, 16, 0.05434)]
    [TestCase(1, 64, 0.01335)]
    [TestCase(2, 4, 0.21772)]
    [TestCase(2, 16, 0.04575)]
    [TestCase(2, 64, 0.01110)]
    [TestCase(4, 2, 0.50000)]
    [TestCase(4, 4, 0.20301)]
    [TestCase(4, 16, 0.03840)]
    [TestCase(4, 64, 0.00925)]
    public void The_target_of_two_points_varies_by_the_known_ratio(double a, int n, double ratio)
    {
        var points = new TwoPoints(a);
        Assert.That(points.StfVariance(n) / points.StfVariance(1), Is.EqualTo(ratio).Within(2e-5));
        Assert.That(points.StfVariance(1), Is.EqualTo(new TwoGaussians(1, a, 0).Between(1)).Within(1e-9));
    }

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(16)]
    public void The_analysis_draws_the_same_variance(int n)
    {
        var points = new TwoPoints(2);
        var states = points.Data.Noisy(new(1, "states", torch.CPU), 0, 400, 1);
        var draws = new TargetVariance(points.Data, 32).At(points.Data.Posterior(states, 1), n, new(1, "references", torch.CPU), 0);
        var (estimate, bias) = (Estimate.Of(draws[0]), Estimate.Of(draws[1]));
        Assert.That(estimate.Value, Is.EqualTo(points.StfVariance(n)).Within(3 * estimate.StandardError));
        Assert.That(estimate.StandardError, Is.LessThan(0.2 * estimate.Value));
        Assert.That(bias.Value, Is.Zero.Within(3 * bias.StandardError));
        Assert.That(bias.StandardError, Is.LessThan(0.02 * points.StfVariance(1)));
    }

    [Test]
    public void Its_draws_do_not_meet_from_level_to_level()
    {
        var points = new TwoPoints(2);
        var posterior = points.Data.Posterior(points.Data.Noisy(new(1, "states", torch.CPU), 0, 3, 1), 1);
        var variance = new TargetVariance(points.Data, 8);
        double[] At(long draw) => variance.At(posterior, 4, new(1, "references", torch.CPU), draw)[0].data<double>().ToArray();
        var first = At(0);
        Assert.That(At(0), Is.EqualTo(first));
        Assert.That(At(1).Intersect(first), Is.Empty);
    }
}

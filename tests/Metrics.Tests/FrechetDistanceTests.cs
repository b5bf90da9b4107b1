using Dfx.Metrics.Distances;

namespace Dfx.Metrics.Tests;

public sealed class FrechetDistanceTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void Begin() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void End() => _scope.Dispose();

    [Test]
    public void Diagonal_gaussians_have_the_closed_form()
    {
        double[] s1 = [0.5, 1, 2, 1e-3, 0], s2 = [1.5, 1, 0.25, 1e-2, 3], apart = [0.1, 0, -2, 1, 0.5];
        var expected = apart.Sum(d => d * d) + s1.Zip(s2, (a, b) => (a - b) * (a - b)).Sum();
        using var reference = new GaussianReference(torch.zeros([5], dtype: torch.float64), Diagonal(s1));

        Assert.That(Between(reference, torch.tensor(apart), Diagonal(s2)), Is.EqualTo(expected).Within(1e-10 * expected));
    }

    [Test]
    public void Equal_gaussians_are_at_no_distance()
    {
        var (mean, covariance) = (Sample.Normal(1, 1, 64)[0], Sample.Covariance(2, 64));
        using var reference = new GaussianReference(mean, covariance);

        Assert.That(Between(reference, mean, covariance), Is.Zero.Within(1e-9 * covariance.trace().ToDouble()));
    }

    [Test]
    public void It_is_symmetric_and_the_same_after_a_common_rotation()
    {
        var (m1, m2, turn) = (Sample.Normal(3, 64, 1), Sample.Normal(4, 64, 1), Sample.Rotation(5, 64));
        var (c1, c2) = (Sample.Covariance(6, 64), Sample.Covariance(7, 64) * 3);
        var distance = Distance(m1, c1, m2, c2);

        Assert.That(distance, Is.GreaterThan(1));
        Assert.That(Distance(m2, c2, m1, c1), Is.EqualTo(distance).Within(1e-9 * distance));
        var turned = Distance(turn.mm(m1), turn.mm(c1).mm(turn.t()), turn.mm(m2), turn.mm(c2).mm(turn.t()));
        Assert.That(turned, Is.EqualTo(distance).Within(1e-9 * distance));
    }

    [Test]
    public void Commuting_covariances_have_the_closed_form()
    {
        var turn = Sample.Rotation(8, 32);
        var (a, b) = (torch.linspace(0.1, 4, 32, dtype: torch.float64), torch.linspace(2, 0.3, 32, dtype: torch.float64));
        var zero = torch.zeros([32, 1], dtype: torch.float64);
        var expected = (a.sqrt() - b.sqrt()).square().sum().ToDouble();

        var found = Distance(zero, (turn * a).mm(turn.t()), zero, (turn * b).mm(turn.t()));
        Assert.That(found, Is.EqualTo(expected).Within(1e-9));
    }

    // The trace of the root is the nuclear norm of X1 X2^T / sqrt((n1 - 1)(n2 - 1)), which needs neither covariance.
    [Test]
    public void The_trace_of_the_root_is_the_nuclear_norm()
    {
        var (x1, x2) = (Sample.Normal(9, 200, 64) * torch.linspace(0.2, 2, 64, dtype: torch.float64), Sample.Normal(10, 150, 64) + 0.5);
        var nuclear = torch.linalg.svdvals(Centred(x1).mm(Centred(x2).t())).sum().ToDouble() / Math.Sqrt(199.0 * 149);
        var expected = (x1.mean([0L]) - x2.mean([0L])).square().sum().ToDouble() + Trace(x1) + Trace(x2) - (2 * nuclear);

        using var reference = Reference(x2);
        Assert.That(FrechetDistance.Of(reference, x1), Is.EqualTo(expected).Within(1e-8));
        Assert.That(FrechetDistance.Few(reference, x1), Is.EqualTo(expected).Within(1e-8));
    }

    /// <summary>All samples equal, all reference images equal, or both: what is left is the distance of the means and the variances.</summary>
    [Test]
    public void Sets_without_variance_have_the_closed_form([Values] bool collapsed, [Values] bool constant, [Values(8, 200)] int count)
    {
        var (x, y) = (Sample.Normal(21, collapsed ? 1 : count, 64), Sample.Normal(22, constant ? 1 : 300, 64) + 0.5);
        (x, y) = (x.expand(count, 64).contiguous(), y.expand(300, 64).contiguous());
        using var reference = Reference(y);
        var means = (x.mean([0L]) - y.mean([0L])).square().sum().ToDouble();
        if (collapsed || constant)
        {
            var expected = means + (collapsed ? 0 : Trace(x)) + (constant ? 0 : Trace(y));
            Assert.That(FrechetDistance.Of(reference, x), Is.EqualTo(expected).Within(1e-9 * expected));
        }

        if (count > 64)
        {
            using var moments = FeatureStatistics.Of(x);
            var error = FrechetInfluence.StandardError(reference, moments, x);
            Assert.That(error is null, Is.EqualTo(collapsed && !constant), "no derivative where the samples vary less than the reference");
            Assert.That(double.IsFinite(error ?? 0), Is.True);
        }
    }

    [Test]
    public void Samples_of_a_lower_rank_than_the_reference_have_a_value_and_no_interval()
    {
        var flat = Sample.Normal(23, 200, 3).mm(Sample.Normal(24, 3, 64));
        var y = Sample.Normal(25, 300, 64);
        using var reference = Reference(y);
        using var moments = FeatureStatistics.Of(flat);
        var expected = FrechetDistance.Few(reference, flat);
        Assert.That(FrechetDistance.Of(reference, moments), Is.EqualTo(expected).Within(1e-7 * expected));
        Assert.That(FrechetInfluence.StandardError(reference, moments, flat), Is.Null);
        using var low = Reference(flat);
        Assert.That(FrechetInfluence.StandardError(low, FeatureStatistics.Of(y), y), Is.Not.Null.And.GreaterThan(0));
    }

    // The Gram product X C X^T is 50x50 and of full rank, so its eigenvalues' roots carry no rounding of null ones.
    [Test]
    public void Few_samples_give_the_roots_of_the_small_gram_product()
    {
        var (few, many) = (Sample.Normal(11, 50, 200), (Sample.Normal(12, 400, 200) * 2) + 0.1);
        using var statistics = FeatureStatistics.Of(many);
        var gram = Centred(few).mm(statistics.Covariance).mm(Centred(few).t()) / 49;
        var root = torch.linalg.eigvalsh(gram).clamp_min(0).sqrt().sum().ToDouble();
        var expected = (few.mean([0L]) - many.mean([0L])).square().sum().ToDouble() + Trace(few) + Trace(many) - (2 * root);

        using var reference = Reference(many);
        Assert.That(FrechetDistance.Of(reference, few), Is.EqualTo(expected).Within(1e-8 * expected));
    }

    [TestCase("full", 0, 0, 1e-8)]
    [TestCase("rankdef", 40, 50, 1e-6)]
    [TestCase("rankdef_one", 40, 0, 1e-6)]
    public void It_is_what_torch_fidelity_and_edm_compute(string name, int n1, int n2, double tolerance)
    {
        var (x1, x2) = (Golden.Tensor("feat1"), Golden.Tensor("feat2"));
        x1 = n1 > 0 ? x1.narrow(0, 0, n1) : x1;
        x2 = n2 > 0 ? x2.narrow(0, 0, n2) : x2;
        using var reference = Reference(x2);
        var found = FrechetDistance.Of(reference, x1);

        foreach (var way in new[] { "svd", "torchfidelity_f64", "edm_sqrtm", "symmetric" })
        {
            var expected = Golden.Number($"{name}_fid_{way}");
            Assert.That(found, Is.EqualTo(expected).Within(tolerance * expected), way);
        }
    }

    [Test]
    public void The_same_features_are_at_no_distance()
    {
        var features = Golden.Tensor("feat1");
        using var reference = Reference(features);

        Assert.That(FrechetDistance.Of(reference, features), Is.Zero.Within(1e-9));
        Assert.That(FrechetDistance.Few(reference, features), Is.Zero.Within(1e-9));
    }

    [Test]
    public void What_is_no_covariance_is_refused()
    {
        using var reference = new GaussianReference(torch.zeros([2], dtype: torch.float64), Diagonal([1, 1]));
        var wrong = torch.tensor(new[] { 1.0, 0, 0, -1 }, [2, 2]);
        Assert.That(() => Between(reference, torch.zeros([2], dtype: torch.float64), wrong), Throws.InvalidOperationException);
    }

    private static double Distance(torch.Tensor m1, torch.Tensor c1, torch.Tensor m2, torch.Tensor c2)
    {
        using var reference = new GaussianReference(m1.flatten(), c1);
        return Between(reference, m2.flatten(), c2);
    }

    private static double Between(GaussianReference reference, torch.Tensor mean, torch.Tensor covariance) =>
        FrechetDistance.Of(reference, new FeatureStatistics(2, mean, covariance));

    private static torch.Tensor Diagonal(double[] deviations) => torch.diag(torch.tensor(deviations).square());

    private static torch.Tensor Centred(torch.Tensor x) => x - x.mean([0L]);

    private static double Trace(torch.Tensor x) => Centred(x).square().sum().ToDouble() / (x.shape[0] - 1);

    private static GaussianReference Reference(torch.Tensor features)
    {
        using var statistics = FeatureStatistics.Of(features);
        return new(statistics.Mean, statistics.Covariance);
    }
}

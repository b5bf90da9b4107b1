using Dfx.Metrics.Distances;

namespace Dfx.Metrics.Tests;

public sealed class FeatureStatisticsTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void Begin() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void End() => _scope.Dispose();

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(64)]
    [TestCase(300)]
    public void Batches_do_not_matter(int batch)
    {
        var features = Sample.Normal(1, 300, 16) + 100;
        FeatureStatistics? all = null;
        for (var first = 0; first < 300; first += batch)
        {
            var part = FeatureStatistics.Of(features.narrow(0, first, Math.Min(batch, 300 - first)));
            all = all is null ? part : all.Merge(part);
        }

        var (mean, covariance) = TwoPasses(features);
        Assert.That(all!.Count, Is.EqualTo(300));
        Assert.That(Difference(all.Mean, mean), Is.LessThan(1e-12));
        Assert.That(Difference(all.Covariance(), covariance), Is.LessThan(1e-12));
    }

    [Test]
    public void Pieces_of_a_long_set_do_not_matter()
    {
        var features = (Sample.Normal(2, 9001, 4) * 3) - 5;
        var (mean, covariance) = TwoPasses(features);
        var all = FeatureStatistics.Of(features);

        Assert.That(Difference(all.Mean, mean), Is.LessThan(1e-12));
        Assert.That(Difference(all.Covariance(), covariance), Is.LessThan(1e-12));
    }

    [Test]
    public void The_statistics_are_those_of_torch_fidelity()
    {
        var features = FeatureStatistics.Of(Golden.Tensor("feat1"));
        var covariance = features.Covariance();

        Assert.That(features.Mean.data<double>().ToArray(), Is.EqualTo(Golden.Numbers("full_mu1")).Within(1e-12));
        Assert.That(covariance[0].data<double>().ToArray(), Is.EqualTo(Golden.Numbers("full_sigma1_row0")).Within(1e-12));
        Assert.That(covariance.trace().ToDouble(), Is.EqualTo(Golden.Number("full_sigma1_trace")).Within(1e-12).Percent);
    }

    [Test]
    public void One_vector_has_no_covariance() =>
        Assert.That(() => FeatureStatistics.Of(torch.zeros([1, 3])).Covariance(), Throws.InvalidOperationException.With.Message.Contains("at least 2"));

    private static (torch.Tensor Mean, torch.Tensor Covariance) TwoPasses(torch.Tensor features)
    {
        var mean = features.mean([0L]);
        var centred = features - mean;
        return (mean, centred.t().mm(centred) / (features.shape[0] - 1.0));
    }

    private static double Difference(torch.Tensor found, torch.Tensor expected) =>
        (found - expected).abs().max().ToDouble() / expected.abs().max().ToDouble();
}

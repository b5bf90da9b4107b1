using Dfx.Metrics.Distances;
using Dfx.Metrics.Manifolds;

namespace Dfx.Metrics.Tests;

public sealed class ManifoldTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void Begin() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void End() => _scope.Dispose();

    [TestCase("", "feat1", "feat2", 3)]
    [TestCase("", "feat1", "feat2", 5)]
    [TestCase("low_", "low_fake", "low_real", 3)]
    [TestCase("low_", "low_fake", "low_real", 5)]
    public void The_shares_are_those_of_torch_fidelity_and_prdc(string prefix, string generated, string real, int k)
    {
        using var found = ManifoldOverlap.Of(Golden.Tensor(generated), Golden.Tensor(real), k);
        var fidelity = Golden.Numbers($"{prefix}prc_k{k}_precision_recall_torchfidelity");
        var prdc = Golden.Numbers($"{prefix}prdc_k{k}_precision_recall_density_coverage");
        double[] shares = [(double)found.Precise / found.Generated, (double)found.Recalled / found.Real];

        Assert.That(shares, Is.EqualTo(fidelity).Within(1e-6));
        Assert.That(shares, Is.EqualTo(prdc[..2]).Within(1e-6), "no distance equals a radius here");
        Assert.That(found.Balls.mean().ToDouble() / k, Is.EqualTo(prdc[2]).Within(1e-6));
        Assert.That((double)found.Covered / found.Real, Is.EqualTo(prdc[3]).Within(1e-6));
    }

    [Test]
    public void A_set_overlaps_itself_wholly()
    {
        var x = Sample.Normal(1, 150, 8);
        using var found = ManifoldOverlap.Of(x, x.clone(), 3);

        Assert.That((found.Precise, found.Recalled, found.Covered), Is.EqualTo((150, 150, 150)));
    }

    [Test]
    public void A_tight_cluster_is_precise_and_recalls_little()
    {
        using var found = ManifoldOverlap.Of(Sample.Normal(2, 200, 16) * 0.1, Sample.Normal(3, 200, 16) * 3, 3);

        Assert.That(found.Precise, Is.GreaterThan(160));
        Assert.That(found.Recalled, Is.LessThan(60));
    }

    [Test]
    public void Far_sets_have_nothing_in_common()
    {
        using var found = ManifoldOverlap.Of(Sample.Normal(4, 60, 4), Sample.Normal(5, 70, 4) + 100, 3);

        Assert.That((found.Precise, found.Recalled, found.Covered, found.Balls.sum().ToDouble()), Is.EqualTo((0, 0, 0, 0)));
    }

    // On a line with k = 1 the balls of 0, 1 and 5 have radii 1, 1 and 4. 0.5 lies in those of 0 and 1; -1 lies on the border of 0's ball and 9 on
    // that of 5's: closed balls hold them, open ones do not. The balls of 0.5, -1 and 9 have radii 1.5, 1.5 and 8.5.
    [Test]
    public void Six_points_by_hand()
    {
        var (generated, real) = (torch.tensor(new[] { 0.5, -1, 9 }, [3, 1]), torch.tensor(new[] { 0.0, 1, 5 }, [3, 1]));
        using var found = ManifoldOverlap.Of(generated, real, 1);

        Assert.That(found.Balls.data<double>().ToArray(), Is.EqualTo(new[] { 2.0, 0, 0 }));
        Assert.That((found.Precise, found.Recalled, found.Covered), Is.EqualTo((3, 3, 2)));
    }

    [Test]
    public void Blocks_do_not_matter()
    {
        var (x, y) = (Sample.Normal(6, Neighbours.Rows + 7, 2), Sample.Normal(7, Neighbours.Columns + 5, 2));
        var (few, many) = (x.data<double>().ToArray(), y.data<double>().ToArray());
        var nearest = Neighbours.SquaredNearest(x, y).data<double>().ToArray();
        var radii = Neighbours.SquaredRadii(y, 2).data<double>().ToArray();
        foreach (var i in new[] { 0, 999, 1000, 1006 })
        {
            Assert.That(nearest[i], Is.EqualTo(Distances(few, i, many).Min()).Within(1e-12));
        }

        foreach (var i in new[] { 0, 3999, 4000, 4004 })
        {
            Assert.That(radii[i], Is.EqualTo(Distances(many, i, many).Order().ElementAt(2)).Within(1e-12));
        }
    }

    private static IEnumerable<double> Distances(double[] from, int i, double[] to) => Enumerable.Range(0, to.Length / 2)
        .Select(j => Math.Pow(from[2 * i] - to[2 * j], 2) + Math.Pow(from[(2 * i) + 1] - to[(2 * j) + 1], 2));
}

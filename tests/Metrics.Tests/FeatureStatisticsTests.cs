using System.Numerics;
using Dfx.Metrics.Distances;

namespace Dfx.Metrics.Tests;

public sealed class FeatureStatisticsTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void Begin() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void End() => _scope.Dispose();

    // Whatever the order and the batches: the same bits. Far from 0, where summing in float64 loses digits.
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(1025)]
    [TestCase(3000)]
    public void Neither_batches_nor_order_matter(int batch)
    {
        var features = (Sample.Normal(1, 3000, 16) + 100).to(torch.float32);
        var turned = features.flip(0);
        using var all = FeatureStatistics.Of(features);
        using var parts = ExactSums.Widening(16, sums => Enumerable.Range(0, (3000 + batch - 1) / batch)
            .All(i => sums.TryAdd(turned.narrow(0, i * batch, Math.Min(batch, 3000 - (i * batch))))));

        Assert.That(parts.Count, Is.EqualTo(3000));
        Assert.That(Bits(parts), Is.EqualTo(Bits(all)));
    }

    [Test]
    public void Shards_join_to_the_same_bits()
    {
        var features = Sample.Normal(2, 500, 8).to(torch.float32);
        using var all = FeatureStatistics.Of(features);
        using var first = new ExactSums(8);
        using var second = new ExactSums(8);
        first.TryAdd(features.narrow(0, 400, 100));
        second.TryAdd(features.narrow(0, 0, 400));
        first.Add(second);
        using var joined = first.Statistics();

        Assert.That(Bits(joined), Is.EqualTo(Bits(all)));
    }

    // Whole numbers of any length know nothing of rounding.
    [TestCase(1)]
    [TestCase(1e3)]
    [TestCase(1e9)]
    public void They_are_those_of_whole_numbers(double size)
    {
        var features = ((Sample.Normal(3, 200, 5) * size) + (size / 3)).to(torch.float32);
        var rows = features.to(torch.float64).data<double>().ToArray().Select(v => new BigInteger(Math.ScaleB(v, 40))).Chunk(5).ToArray();
        using var found = FeatureStatistics.Of(features);
        var (mean, covariance) = (found.Mean.data<double>().ToArray(), found.Covariance.data<double>().ToArray());
        for (var i = 0; i < 5; i++)
        {
            var sum = Sum(rows.Select(r => r[i]));
            Assert.That(mean[i], Is.EqualTo(Math.ScaleB((double)sum, -40) / 200).Within(1e-11 * size));
            for (var j = 0; j < 5; j++)
            {
                var scatter = (200 * Sum(rows.Select(r => r[i] * r[j]))) - (sum * Sum(rows.Select(r => r[j])));
                Assert.That(covariance[(i * 5) + j], Is.EqualTo(Math.ScaleB((double)scatter, -80) / (200 * 199)).Within(1e-10 * size * size));
            }
        }
    }

    // Many numbers a vector have one digit: the same bits whatever the order, and a rounding that no distance sees.
    [Test]
    public void Long_vectors_are_rounded_once_and_summed_exactly()
    {
        var features = (Sample.Normal(5, 700, ExactSums.MostForTwoDigits + 8) * 3).to(torch.float32);
        using var all = FeatureStatistics.Of(features);
        using var turned = ExactSums.Widening(features.shape[1], sums =>
            sums.TryAdd(features.flip(0).narrow(0, 0, 1)) && sums.TryAdd(features.flip(0).narrow(0, 1, 699)));
        var centred = features.to(torch.float64) - features.to(torch.float64).mean([0L]);
        var apart = (centred.t().mm(centred) / 699) - all.Covariance;

        Assert.That(Bits(turned), Is.EqualTo(Bits(all)));
        Assert.That((features.to(torch.float64).mean([0L]) - all.Mean).abs().max().ToDouble(), Is.LessThan(1e-7));
        Assert.That(apart.abs().max().ToDouble(), Is.LessThan(5e-7).And.GreaterThan(0));
    }

    // Numbers of 26 bits: 2^52 each, so that every two rows pass 2^53 and have to be moved to integers.
    [Test]
    public void Products_are_exact_however_large()
    {
        var whole = (Sample.Normal(6, 301, 3).clamp(-1, 1) * (1 << 26)).round();
        using var product = new ExactProduct(3);
        product.Add(whole.narrow(0, 0, 150));
        product.Add(whole.narrow(0, 150, 151));
        var rows = whole.data<double>().ToArray().Select(v => new BigInteger(v)).Chunk(3).ToArray();
        for (var i = 0; i < 3; i++)
        {
            for (var j = i; j < 3; j++)
            {
                Assert.That((BigInteger)product.Total()[i, j].ToInt64(), Is.EqualTo(Sum(rows.Select(r => r[i] * r[j]))));
            }
        }
    }

    // Far from 0: G has 17 digits of which the scatter keeps a few. More numbers a vector than are worked on at once.
    [Test]
    public void No_digit_of_a_scatter_is_lost_in_the_difference()
    {
        var whole = (Sample.Normal(7, 40, 300) * 1000).round() + (1 << 23);
        using var product = new ExactProduct(300);
        product.Add(whole);
        var scatter = ExactScatter.OfOneDigit(40, whole.sum([0L]).to(torch.int64), product.Total());
        var rows = whole.data<double>().ToArray().Select(v => new BigInteger(v)).Chunk(300).ToArray();
        var sums = Enumerable.Range(0, 300).Select(i => Sum(rows.Select(r => r[i]))).ToArray();
        var values = scatter.data<double>().ToArray();
        for (var i = 0; i < 300; i += 7)
        {
            for (var j = 0; j < 300; j++)
            {
                var exact = (double)((40 * Sum(rows.Select(r => r[i] * r[j]))) - (sums[i] * sums[j])) / 40;
                Assert.That(values[(i * 300) + j], Is.EqualTo(exact).Within(1e-15 * Math.Max(1e7, Math.Abs(exact))));
            }
        }
    }

    [Test]
    public void A_large_offset_costs_no_digits()
    {
        var small = (Sample.Normal(4, 300, 4) * 1024).round().to(torch.float32);
        using var near = FeatureStatistics.Of(small / 1024);
        using var far = FeatureStatistics.Of((small / 1024) + 256);

        Assert.That(far.Covariance.data<double>().ToArray(), Is.EqualTo(near.Covariance.data<double>().ToArray()));
    }

    [Test]
    public void What_is_no_number_is_refused() => Assert.That(
        () => FeatureStatistics.Of(torch.tensor(new[] { 1f, float.NaN, 2f, 3f }, [2, 2])), Throws.InvalidOperationException.With.Message.Contains("finite"));

    [Test]
    public void The_statistics_are_those_of_torch_fidelity()
    {
        using var features = FeatureStatistics.Of(Golden.Tensor("feat1"));
        var covariance = features.Covariance;

        Assert.That(features.Mean.data<double>().ToArray(), Is.EqualTo(Golden.Numbers("full_mu1")).Within(1e-12));
        Assert.That(covariance[0].data<double>().ToArray(), Is.EqualTo(Golden.Numbers("full_sigma1_row0")).Within(1e-12));
        Assert.That(covariance.trace().ToDouble(), Is.EqualTo(Golden.Number("full_sigma1_trace")).Within(1e-12).Percent);
    }

    [Test]
    public void One_vector_has_no_covariance() =>
        Assert.That(() => FeatureStatistics.Of(torch.zeros([1, 3])), Throws.InvalidOperationException.With.Message.Contains("at least 2"));

    private static double[] Bits(FeatureStatistics s) => [.. s.Mean.data<double>().ToArray(), .. s.Covariance.data<double>().ToArray()];

    private static BigInteger Sum(IEnumerable<BigInteger> values) => values.Aggregate(BigInteger.Zero, (a, b) => a + b);
}

using Dfx.Metrics.Distances;

namespace Dfx.Metrics.Tests;

public sealed class KernelDistanceTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void Begin() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void End() => _scope.Dispose();

    [TestCase(5, 5, 3)]
    [TestCase(1100, 513, 2)]
    public void Blocks_sum_what_two_loops_sum(int n, int m, int dimension)
    {
        var (x, y) = (Sample.Normal(1, n, dimension), Sample.Normal(2, m, dimension) + 0.3);
        var (a, b) = (Rows(x), Rows(y));
        double xx = Pairs(a, a, (i, j) => i != j), yy = Pairs(b, b, (i, j) => i != j), xy = Pairs(a, b, (_, _) => true);
        var expected = (xx / (n * (n - 1.0))) + (yy / (m * (m - 1.0))) - (2 * xy / ((double)n * m));

        Assert.That(KernelDistance.Of(x, y), Is.EqualTo(expected).Within(1e-11));
    }

    [TestCase(300, 400, 64)]
    [TestCase(513, 256, 5)]
    [TestCase(2, 3, 1)]
    public void Moments_sum_what_blocks_sum(int n, int m, int dimension)
    {
        var (x, y) = (Sample.Normal(3, n, dimension), Sample.Normal(4, m, dimension).abs());
        var (left, right) = (KernelMoments.Of(x), KernelMoments.Of(y));

        Assert.That(left.Within(), Is.EqualTo(KernelDistance.Within(x)).Within(1e-11).Percent);
        Assert.That(right.Within(), Is.EqualTo(KernelDistance.Within(y)).Within(1e-11).Percent);
        Assert.That(left.Between(right), Is.EqualTo(KernelDistance.Between(x, y)).Within(1e-11).Percent);
    }

    [Test]
    public void The_kernel_of_zeros_is_one()
    {
        var zeros = torch.zeros([3, 7], dtype: torch.float64);
        Assert.That(KernelDistance.Between(zeros, zeros), Is.EqualTo(9));
        Assert.That(KernelDistance.Within(zeros), Is.EqualTo(6));
    }

    [Test]
    public void Equal_distributions_give_zero_on_average()
    {
        var estimates = Enumerable.Range(0, 200).Select(i => KernelDistance.Of(Sample.Normal(2 * i, 40, 8), Sample.Normal((2 * i) + 1, 60, 8))).ToArray();
        var error = Math.Sqrt(estimates.Average(e => e * e) / estimates.Length);

        Assert.That(estimates.Average(), Is.Zero.Within(3 * error));
        Assert.That(estimates.Min(), Is.Negative, "an unbiased estimate is sometimes negative");
    }

    [Test]
    public void The_estimates_are_those_of_torch_fidelity()
    {
        var (x, y) = (Golden.Tensor("feat1"), Golden.Tensor("feat2"));
        var (first, second) = (Golden.Tensor("kid_idx1").to(torch.int64), Golden.Tensor("kid_idx2").to(torch.int64));
        var found = Enumerable.Range(0, 10).Select(s => KernelDistance.Of(x.index_select(0, first[s]), y.index_select(0, second[s]))).ToArray();

        Assert.That(found, Is.EqualTo(Golden.Numbers("kid_per_subset")).Within(1e-10));
        Assert.That(found.Average(), Is.EqualTo(Golden.Number("kid_mean")).Within(1e-10));
        Assert.That(KernelMetric.Deviation(found), Is.EqualTo(Golden.Number("kid_std")).Within(1e-10));
        Assert.That(KernelDistance.Of(x, y.narrow(0, 0, 300)), Is.EqualTo(Golden.Number("mmd2_equal_n")).Within(1e-10));
        Assert.That(KernelDistance.Of(x, y), Is.EqualTo(Golden.Number("mmd2_unequal_n")).Within(1e-10));
    }

    [Test]
    public void Subsets_are_random_repeatable_and_unbiased()
    {
        var (x, y) = (Golden.Tensor("feat1"), Golden.Tensor("feat2"));
        var found = KernelDistance.Subsets(x, y, 100, 100, 2020);
        var error = Math.Sqrt(found.Average(e => e * e) / found.Length);

        Assert.That(found, Is.EqualTo(KernelDistance.Subsets(x, y, 100, 100, 2020)));
        Assert.That(found.Distinct().Count(), Is.EqualTo(100));
        Assert.That(found, Is.Not.EqualTo(KernelDistance.Subsets(x, y, 100, 100, 2021)));
        Assert.That(found.Average(), Is.EqualTo(Golden.Number("mmd2_unequal_n")).Within(3 * error));
    }

    private static double[][] Rows(torch.Tensor x) => x.data<double>().ToArray().Chunk((int)x.shape[1]).ToArray();

    private static double Pairs(double[][] a, double[][] b, Func<int, int, bool> counts)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            for (var j = 0; j < b.Length; j++)
            {
                if (counts(i, j))
                {
                    var product = a[i].Zip(b[j], (u, v) => u * v).Sum();
                    sum += Math.Pow((product / a[i].Length) + 1, 3);
                }
            }
        }

        return sum;
    }
}

using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Tests.Reporting.Statistics;

/// <summary>Means, deviations and intervals, and how often the intervals hold what they should.</summary>
public sealed class EstimateTests
{
    private static readonly double[] s_values = [2.75, 2.66, 2.81, 2.70];

    /// <summary>SciPy 1.10.1: <c>stats.t.interval(0.95, 3, mean, stats.sem(v))</c> and <c>numpy.std(v, ddof=1)</c>.</summary>
    [Test]
    public void An_estimate_is_what_SciPy_says()
    {
        var estimate = Estimate.Of(s_values)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(estimate.Count, Is.EqualTo(4));
            Assert.That(estimate.Mean, Is.EqualTo(2.73).Within(1e-12));
            Assert.That(estimate.Deviation, Is.EqualTo(0.06480740698407855).Within(1e-12));
            Assert.That(estimate.Interval!.Value.Low, Is.EqualTo(2.626876953544233).Within(1e-12));
            Assert.That(estimate.Interval!.Value.High, Is.EqualTo(2.8331230464557677).Within(1e-12));
        }
    }

    /// <summary>Scaled by a power of two, every number is exactly as many times as large.</summary>
    [Test]
    public void Numbers_near_the_largest_have_the_estimate_of_smaller_ones()
    {
        var scale = Math.Pow(2, 1022);
        var (small, large) = (Estimate.Of([3, 2.5, 3.25])!, Estimate.Of([3 * scale, 2.5 * scale, 3.25 * scale])!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(large.Mean / scale, Is.EqualTo(small.Mean).Within(1e-12));
            Assert.That(large.Deviation / scale, Is.EqualTo(small.Deviation).Within(1e-12));
            Assert.That(Estimate.Of([double.MaxValue, -double.MaxValue])!.Interval, Is.EqualTo(new Interval(double.NegativeInfinity, double.PositiveInfinity)));
            Assert.That(Estimate.Of([double.PositiveInfinity, 1])!.Interval, Is.EqualTo(new Interval(double.NegativeInfinity, double.PositiveInfinity)), "a difference that overflowed");
        }
    }

    [Test]
    public void One_seed_has_no_interval_and_none_has_no_estimate()
    {
        Assert.That(Estimate.Of([3]), Is.EqualTo(new Estimate(1, 3, null, null)));
        Assert.That(Estimate.Of([]), Is.Null);
        Assert.That(PairedBootstrap.Of([3]), Is.Null);
        Assert.That(VarianceRatio.Log([1, 2], [3]), Is.Null);
    }

    /// <summary>tan(0.49975 pi) / sqrt(2) = 900.3161 standard deviations, at the level of each of 100 comparisons that hold together.</summary>
    [Test]
    public void Two_seeds_have_an_interval_at_the_level_of_a_hundred_comparisons() =>
        Assert.That(Estimate.Of([1, 2], 1 - (0.05 / 100))!.Interval!.Value.HalfWidth, Is.EqualTo(1273.2392829357641 / 2).Within(1e-9));

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(5)]
    [TestCase(10)]
    public void Students_interval_holds_the_mean_as_often_as_it_says(int seeds) =>
        Assert.That(Coverage(seeds, 10_000, Normal, values => Estimate.Of(values)!.Interval!.Value), Is.EqualTo(Interval.Level).Within(0.02));

    /// <summary>Why verdicts do not rest on the percentile bootstrap. docs/tables.md quotes these numbers.</summary>
    [TestCase(2, 0.51)]
    [TestCase(3, 0.76)]
    [TestCase(10, 0.89)]
    public void The_bootstrap_over_few_seeds_does_not(int seeds, double measured) =>
        Assert.That(Coverage(seeds, 500, Normal, values => PairedBootstrap.Of(values)!.Value), Is.EqualTo(measured).Within(0.06));

    /// <summary>What skewed differences do to Student's interval; docs/tables.md quotes it.</summary>
    [TestCase(3, 0.89)]
    [TestCase(5, 0.88)]
    public void Skewed_differences_cost_some_coverage(int seeds, double measured) =>
        Assert.That(
            Coverage(seeds, 10_000, random => -Math.Log(1 - random.NextDouble()) - 1, values => Estimate.Of(values)!.Interval!.Value),
            Is.EqualTo(measured).Within(0.02));

    [Test]
    public void The_interval_of_a_ratio_of_deviations_holds_it() => Assert.That(Coverage(
        6, 10_000, Normal, values => VarianceRatio.Log([.. values.Take(3)], [.. values.Skip(3)])!.Interval!.Value), Is.EqualTo(0.95).Within(0.02));

    /// <summary>With many values the bootstrap is the normal interval: mean and deviation / sqrt(n) times 1.96.</summary>
    [Test]
    public void The_bootstrap_of_many_values_is_the_normal_interval()
    {
        var values = Values(new(3), 400, Normal);
        var (estimate, interval) = (Estimate.Of(values)!, PairedBootstrap.Of(values)!.Value);
        var half = 1.96 * estimate.Deviation!.Value / Math.Sqrt(values.Length);
        Assert.That(interval.Low, Is.EqualTo(estimate.Mean - half).Within(0.1 * half));
        Assert.That(interval.High, Is.EqualTo(estimate.Mean + half).Within(0.1 * half));
    }

    [Test]
    public void The_bootstrap_is_the_same_every_time()
    {
        var first = PairedBootstrap.Of(s_values);
        Assert.That(PairedBootstrap.Of([.. s_values]), Is.EqualTo(first));
    }

    /// <summary>How often the interval of values whose mean (or whose ratio's logarithm) is 0 holds 0.</summary>
    private static double Coverage(int count, int trials, Func<Random, double> draw, Func<double[], Interval> interval)
    {
        var random = new Random(7);
        return Enumerable.Range(0, trials).Count(_ => interval(Values(random, count, draw)).Contains(0)) / (double)trials;
    }

    private static double[] Values(Random random, int count, Func<Random, double> draw) => [.. Enumerable.Range(0, count).Select(_ => draw(random))];

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

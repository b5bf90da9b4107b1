using Dfx.Data.Images;
using Dfx.Metrics.Distances;
using Dfx.Sdk;

namespace Dfx.Metrics.Tests;

/// <summary>Intervals of cells that restore fewer images than they have samples.</summary>
public sealed class DrawsTests
{
    private const int Truths = 12;
    private const int Times = 9;

    private DisposeScope _scope = null!;

    [SetUp]
    public void Begin() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void End() => _scope.Dispose();

    [Test]
    public void The_same_numbers_again_say_nothing_new()
    {
        var once = Sample.Normal(1, Truths, 1).flatten();
        var (one, many) = (new Draws(Truths, Truths).OfMean(once)!.Value, new Draws(Truths * Times, Truths).OfMean(once.repeat(Times))!.Value);
        Assert.That(many.Low, Is.EqualTo(one.Low).Within(1e-12));
        Assert.That(many.High, Is.EqualTo(one.High).Within(1e-12));
        Assert.That(new Draws(Times, 1).OfMean(torch.ones(Times, torch.float64)), Is.Null, "one truth");
    }

    // Numbers of one truth share a part: the variance of their mean is a / T + b / (T R). 31 numbers leave the last round unfinished; every third is missing.
    [TestCase(Truths * Times, false)]
    [TestCase(Truths * Times, true)]
    [TestCase((2 * Truths) + 7, false)]
    public void The_error_is_that_of_fresh_truths(int samples, bool gaps)
    {
        List<double> means = [], squares = [];
        var kept = gaps ? (torch.arange(samples, torch.ScalarType.Int64) % 5).ne(2) : null;
        for (var i = 0; i < 1500; i++)
        {
            using var step = torch.NewDisposeScope();
            var shared = Sample.Normal(1000 + i, Truths, 1).flatten().repeat(Times).narrow(0, 0, samples);
            var values = shared + (Sample.Normal(5000 + i, samples, 1).flatten() * 0.8);
            values = kept is null ? values : values.masked_select(kept);
            means.Add(values.mean().ToDouble());
            squares.Add(Math.Pow(new Draws(samples, Truths).StandardError(values, kept)!.Value, 2));
        }

        // 1500 draws tell a variance to 4 %.
        Assert.That(squares.Average(), Is.EqualTo(means.Average(m => m * m)).Within(12).Percent);
    }

    [Test]
    public void The_first_of_many_samples_stand_for_all()
    {
        var draws = new Draws(100, 40);
        var values = Sample.Normal(3, 20, 1).flatten();
        Assert.That(draws.StandardError(values), Is.EqualTo(values.std().ToDouble() / Math.Sqrt(40)).Within(1e-12), "of 20 truths, for 40");
        Assert.That(draws.First(30), Is.EqualTo(new Draws(30, 30)));
        Assert.That(new Draws(100, 100).StandardError(values), Is.EqualTo(values.std().ToDouble() / 10).Within(1e-12));
    }

    [Test]
    public void Every_metric_of_samples_has_its_interval_over_truths()
    {
        using var fashion = new FashionMnist();
        using var some = fashion.Bytes(Split.Test, 0, Truths);
        using var others = fashion.Bytes(Split.Test, 100, Truths);
        using var reference = fashion.Bytes(Split.Train, 0, 150);
        var (samples, truth) = (some.repeat(Times, 1, 1, 1), others.repeat(Times, 1, 1, 1));
        IMetric[] metrics = [new PsnrMetric(), new SsimMetric(), new KernelMetric(new()), new PrecisionMetric(new()), new DensityMetric(new()), new NearestTrainMetric(new())];
        foreach (var metric in metrics)
        {
            var (each, over) = (Measured(null), Measured(Truths));
            Assert.That(over.Value, Is.EqualTo(each.Value), each.Name);
            Assert.That(over.Protocol["truths"], Is.EqualTo($"{Truths}"));
            Assert.That(over.Protocol["interval"], Does.Contain("over the truths").Or.Contain("over truths"));
            Assert.That(each.Protocol.Keys, Has.None.EqualTo("truths"));
            // Wilson's interval of few trials is wider than the normal one.
            Assert.That((over.High - over.Low) / (each.High - each.Low), metric is PrecisionMetric
                ? Is.GreaterThan(0.9 * Math.Sqrt(Times))
                : Is.EqualTo(Math.Sqrt(Times)).Within(6).Percent, each.Name);

            MetricValue Measured(int? truths)
            {
                using var cache = new MemoryCache();
                return metric.Evaluate(fashion.Context(samples, cache, reference) with { Truth = new TensorImages(truth), Truths = truths })[0];
            }
        }
    }

    [Test]
    public void The_frechet_distance_counts_truths()
    {
        using var statistics = FeatureStatistics.Of(Sample.Normal(1, 400, 4) + 0.3);
        using var reference = new GaussianReference(statistics.Mean, statistics.Covariance);
        var x = Sample.Normal(2, Truths, 4).repeat(Times, 1);
        using var moments = FeatureStatistics.Of(x);
        var (each, over) = (FrechetInfluence.StandardError(reference, moments, x), FrechetInfluence.StandardError(reference, moments, x, new(Truths * Times, Truths)));
        Assert.That(over / each, Is.EqualTo(Math.Sqrt(Times)).Within(6).Percent);
    }

    [Test]
    public void A_score_whose_parts_share_truths_has_no_interval()
    {
        using var fashion = new FashionMnist();
        using var some = fashion.Bytes(Split.Test, 0, Truths);
        using var cache = new MemoryCache();
        var value = new ScoreMetric(new()).Evaluate(fashion.Context(some.repeat(Times, 1, 1, 1), cache, some) with { Truths = Truths }).Single();
        Assert.That((value.Low, value.High, value.Spread), Is.EqualTo(((double?)null, (double?)null, value.Spread)));
        Assert.That(value.Protocol["interval"], Is.EqualTo("none: parts share truths"));
    }
}

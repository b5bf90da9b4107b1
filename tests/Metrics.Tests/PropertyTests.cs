using Dfx.Data.Images;
using Dfx.Metrics.Distances;
using Dfx.Metrics.Features;
using Dfx.Sdk;

namespace Dfx.Metrics.Tests;

/// <summary>What any of these metrics must do, measured through the metrics themselves.</summary>
public sealed class PropertyTests
{
    private FashionMnist _fashion = null!;
    private torch.Tensor _samples = null!;
    private torch.Tensor _reference = null!;

    [OneTimeSetUp]
    public void Open()
    {
        _fashion = new();
        _samples = _fashion.Bytes(Split.Test, 0, 250);
        _reference = _fashion.Bytes(Split.Train, 0, 300);
    }

    [OneTimeTearDown]
    public void Close()
    {
        _samples.Dispose();
        _reference.Dispose();
        _fashion.Dispose();
    }

    [Test]
    public void Equal_images_are_at_no_distance() => Assert.That(Value(new FrechetMetric(new()), _samples, _samples), Is.Zero.Within(1e-8));

    // 250 samples of 64 features: the extractor's batches hold other neighbours, and the last one is not full.
    [Test]
    public void The_order_of_samples_does_not_matter_bit_for_bit()
    {
        using var turned = _samples.flip(0);
        using var rolled = _reference.roll(37, 0);
        Assert.That(Value(new FrechetMetric(new()), turned, rolled), Is.EqualTo(Value(new FrechetMetric(new()), _samples, _reference)));
    }

    [Test]
    public void Nor_does_it_for_fewer_samples_than_features()
    {
        using var few = _samples.narrow(0, 0, 50);
        using var turned = few.flip(0);
        Assert.That(Value(new FrechetMetric(new()), turned, _reference), Is.EqualTo(Value(new FrechetMetric(new()), few, _reference)));
    }

    [Test]
    public void Streaming_gives_the_bits_of_keeping()
    {
        using var samples = _fashion.Bytes(Split.Test, 0, 4200);
        Assert.That(Value(new FrechetMetric(new()), samples, _reference, "fd"), Is.EqualTo(Value(new FrechetMetric(new()), samples, _reference, "fd", "kid")));
    }

    [Test]
    public void Long_runs_keep_no_more_than_the_first_features()
    {
        using var samples = _fashion.Bytes(Split.Test, 0, 4200);
        using var cache = new MemoryCache();
        var pass = FeatureSpace.Of(_fashion.Context(samples, cache, _reference) with { Companions = ["fd"] }, ExtractorChoice.Auto).Pass;

        Assert.That(pass.Features, Is.Null);
        Assert.That(pass.Logits, Is.Null);
        Assert.That(pass.First.shape, Is.EqualTo(new long[] { 4096, 64 }));
        Assert.That(pass.Statistics!.Count, Is.EqualTo(4200));
    }

    [Test]
    public void Order_moves_other_metrics_by_rounding_alone()
    {
        using var turned = _samples.flip(0);
        foreach (var metric in new IMetric[] { new KernelMetric(new()), new PrecisionMetric(new()), new DensityMetric(new()), new NearestTrainMetric(new()) })
        {
            var value = Value(metric, _samples, _reference);
            Assert.That(Value(metric, turned, _reference), Is.EqualTo(value).Within(1e-9 * Math.Abs(value)));
        }
    }

    // 95 % intervals: the standard error is that of fresh draws of the samples.
    [Test]
    public void The_distances_intervals_are_those_of_fresh_draws()
    {
        using var scope = torch.NewDisposeScope();
        var (shape, other) = (torch.linspace(0.5, 1.5, 4, dtype: torch.float64), Sample.Normal(1, 4000, 4) + 0.3);
        using var statistics = FeatureStatistics.Of(other);
        using var reference = new GaussianReference(statistics.Mean, statistics.Covariance);
        List<double> distances = [], kernels = [], errors = [], kernelErrors = [];
        for (var i = 0; i < 150; i++)
        {
            using var step = torch.NewDisposeScope();
            var x = Sample.Normal(100 + i, 400, 4) * shape;
            using var moments = FeatureStatistics.Of(x);
            distances.Add(FrechetDistance.Of(reference, moments));
            errors.Add(FrechetInfluence.StandardError(reference, moments, x)!.Value);
            var y = other.narrow(0, 0, 500);
            var sums = new KernelSums(KernelDistance.Rows(x, x) - KernelDistance.Diagonal(x), KernelDistance.Rows(x, y), KernelDistance.Within(y), 500);
            kernels.Add(sums.Estimate());
            kernelErrors.Add(sums.StandardError()!.Value);
        }

        // 150 draws tell a standard deviation to 6 %.
        Assert.That(errors.Average(), Is.EqualTo(Deviation(distances)).Within(25).Percent);
        Assert.That(kernelErrors.Average(), Is.EqualTo(Deviation(kernels)).Within(25).Percent);
    }

    [Test]
    public void The_kernels_two_ways_are_one()
    {
        using var scope = torch.NewDisposeScope();
        var (x, y) = (Sample.Normal(2, 300, 6), Sample.Normal(3, 700, 6) * 1.1);
        Assert.That((KernelMoments.Of(y).Rows(x) - KernelDistance.Rows(x, y)).abs().max().ToDouble(), Is.LessThan(1e-9));
        Assert.That(KernelDistance.Rows(x, y).sum().ToDouble(), Is.EqualTo(KernelDistance.Between(x, y)).Within(1e-8));
    }

    [Test]
    public void Shares_have_wilsons_interval()
    {
        // Wilson 1927 for 8 of 10 at 95 %.
        var interval = Interval.OfShare(8, 10);
        Assert.That(interval.Low, Is.EqualTo(0.4902).Within(1e-4));
        Assert.That(interval.High, Is.EqualTo(0.9433).Within(1e-4));
        Assert.That(Interval.OfShare(0, 10).High, Is.EqualTo(0.2775).Within(1e-4));
    }

    [Test]
    public void Every_metric_names_itself_and_its_interval()
    {
        IMetric[] metrics = [new ScoreMetric(new()), new PrecisionMetric(new()), new RecallMetric(new()), new DensityMetric(new()), new CoverageMetric(new()), new NearestTrainMetric(new())];
        using var cache = new MemoryCache();
        var values = metrics.SelectMany(m => m.Evaluate(_fashion.Context(_samples, cache, _reference))).ToList();

        Assert.That(values.Select(v => v.Name), Is.EqualTo(new[]
        {
            "cs-fmnist-cnn", "precision-fmnist-cnn", "recall-fmnist-cnn", "density-fmnist-cnn", "coverage-fmnist-cnn",
            "nearest-train-fmnist-cnn", "nearest-train-ratio-fmnist-cnn",
        }));
        foreach (var value in values)
        {
            Assert.That(value.Low, Is.LessThanOrEqualTo(value.Value), value.Name);
            Assert.That(value.High, Is.GreaterThanOrEqualTo(value.Value), value.Name);
            Assert.That(value.Protocol["interval"], Does.StartWith("95 %"), value.Name);
        }

        Assert.That(values[0].Value, Is.InRange(4, 10), "a classifier's score of real images in ten classes");
        Assert.That(values[1].Value, Is.GreaterThan(0.5));
        Assert.That(values[^1].Value, Is.EqualTo(1).Within(0.2), "test images are no copies");
    }

    [Test]
    public void Copies_of_the_reference_are_found()
    {
        using var copies = _reference.narrow(0, 0, 100);
        Assert.That(Value(new NearestTrainMetric(new()), copies, _reference), Is.Zero.Within(1e-5));
        Assert.That(Value(new NearestTrainMetric(new(ImageSpace.Pixels)), copies, _reference), Is.Zero.Within(1e-5));
    }

    [Test]
    public void Pairs_are_compared_on_bytes()
    {
        using var cache = new MemoryCache();
        using var truth = _samples.clone();
        truth.narrow(0, 0, 10).fill_(7);
        var context = _fashion.Context(_samples, cache, _reference) with { Truth = new TensorImages(truth) };
        var psnr = new PsnrMetric().Evaluate(context);

        Assert.That(psnr.Select(v => v.Name), Is.EqualTo(new[] { "psnr", "psnr-equal-images" }));
        Assert.That(psnr[1].Value, Is.EqualTo(240));
        Assert.That(psnr[0].Value, Is.InRange(3, 15));
        Assert.That(new SsimMetric().Evaluate(context).Single().Value, Is.InRange(0.95, 1));
        Assert.That(() => new PsnrMetric().Evaluate(context with { Truth = null }), Throws.TypeOf<NotApplicableException>());
    }

    [Test]
    public void Nothing_stands_in_for_missing_weights()
    {
        using var cache = new MemoryCache();
        var context = _fashion.Context(_samples, cache, _reference);
        Assert.That(() => new FrechetMetric(new(ExtractorChoice.Inception)).Evaluate(context), Throws.TypeOf<NotApplicableException>());
    }

    private double Value(IMetric metric, torch.Tensor samples, torch.Tensor reference, params string[] companions)
    {
        using var cache = new MemoryCache();
        var context = _fashion.Context(samples, cache, reference);
        return metric.Evaluate(companions.Length == 0 ? context : context with { Companions = companions })[0].Value;
    }

    private static double Deviation(List<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}

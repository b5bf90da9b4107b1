using System.Diagnostics;
using System.Text.RegularExpressions;
using Dfx.Metrics.Distances;
using Dfx.Metrics.Extractors;
using Dfx.Sdk;

namespace Dfx.Metrics.Tests;

/// <summary>The metrics as a host calls them.</summary>
public sealed partial class MetricTests
{
    private static readonly IMetric[] s_metrics = [new FrechetMetric(new()), new KernelMetric(new())];

    private FashionMnist _fashion = null!;
    private torch.Tensor _samples = null!;
    private torch.Tensor _reference = null!;

    [OneTimeSetUp]
    public void Open()
    {
        _fashion = new();
        _samples = _fashion.Bytes(Split.Test, 0, 300);
        _reference = _fashion.Bytes(Split.Train, 0, 400);
    }

    [OneTimeTearDown]
    public void Close()
    {
        _samples.Dispose();
        _reference.Dispose();
        _fashion.Dispose();
    }

    [Test]
    public void Names_are_honest()
    {
        using var cache = new MemoryCache();
        var values = s_metrics.SelectMany(m => m.Evaluate(_fashion.Context(_samples, cache, _reference))).ToList();

        Assert.That(values.Select(v => v.Name), Is.EqualTo(new[] { "fd-fmnist-cnn", "kd-fmnist-cnn" }));
        foreach (var value in values)
        {
            var words = value.Protocol.SelectMany(p => new[] { p.Key, p.Value }).Append(value.Name).SelectMany(t => Words().Split(t));
            Assert.That(words, Has.None.EqualTo("fid").And.None.EqualTo("kid").And.None.EqualTo("is"));
            Assert.That(value.Better, Is.EqualTo(Direction.Lower));
            Assert.That(double.IsFinite(value.Value), Is.True);
        }
    }

    [Test]
    public void The_protocol_tells_numbers_apart()
    {
        using var cache = new MemoryCache();
        var value = new KernelMetric(new()).Evaluate(_fashion.Context(_samples, cache, _reference)).Single();

        Assert.That(value.Protocol["weights"], Is.EqualTo(WeightsFile.Hash(WeightsFile.Bytes("fmnist-cnn.safetensors"))));
        Assert.That(value.Protocol["n-generated"], Is.EqualTo("300"));
        Assert.That(value.Protocol["n-reference"], Is.EqualTo("400"));
        Assert.That(value.Protocol["subset-size"], Is.EqualTo("300"));
        Assert.That(value.Protocol["reference"], Is.EqualTo("not cached"));
        Assert.That(value.Spread, Is.GreaterThan(0));
    }

    [Test]
    public void The_values_are_those_of_the_features()
    {
        using var cache = new MemoryCache();
        var context = _fashion.Context(_samples, cache, _reference);
        var values = s_metrics.Select(m => m.Evaluate(context).Single().Value).ToArray();
        using var scope = torch.NewDisposeScope();
        using var extractor = new FmnistExtractor(torch.CPU);
        var (x, y) = (extractor.Features(_samples), extractor.Features(_reference));
        using var statistics = FeatureStatistics.Of(y);
        using var gaussian = new GaussianReference(statistics.Mean, statistics.Covariance);

        Assert.That(values[0], Is.EqualTo(FrechetDistance.Of(gaussian, x)).Within(1e-4 * values[0]));
        Assert.That(values[1], Is.EqualTo(KernelDistance.Of(x, y)).Within(1e-4 * Math.Abs(values[1])));
    }

    [Test]
    public void Features_are_made_once_a_cell_and_the_reference_once_a_machine()
    {
        var images = new Counted(_reference);
        using var first = new MemoryCache();
        var values = Evaluate(images, first);
        var afterFirst = images.Reads;
        using var second = new MemoryCache(first.Kept);

        Assert.That(afterFirst, Is.EqualTo(_reference.shape[0]));
        Assert.That(Evaluate(images, second), Is.EqualTo(values));
        Assert.That(images.Reads, Is.EqualTo(afterFirst));
        Assert.That(first.Kept.Keys, Has.All.Contains(Counted.Name));
        Assert.That(first.Kept.Keys, Has.All.Contains(WeightsFile.Hash(WeightsFile.Bytes("fmnist-cnn.safetensors"))));
    }

    [Test]
    public void Few_samples_are_measured_and_single_ones_refused()
    {
        using var cache = new MemoryCache();
        using var few = _samples.narrow(0, 0, 40);
        using var one = _samples.narrow(0, 0, 1);
        using var other = new MemoryCache();

        Assert.That(new FrechetMetric(new()).Evaluate(_fashion.Context(few, cache, _reference)).Single().Value, Is.GreaterThan(0));
        Assert.That(() => new FrechetMetric(new()).Evaluate(_fashion.Context(one, other, _reference)), Throws.TypeOf<NotApplicableException>());
        Assert.That(() => new KernelMetric(new()).Evaluate(_fashion.Context(_samples, other, one)), Throws.TypeOf<NotApplicableException>());
    }

    // The numbers of docs/metrics.md. Half a minute, most of it for the 60 000 images.
    [Test]
    [Explicit("measures times")]
    public void Against_the_whole_training_set()
    {
        using var samples = _fashion.Bytes(Split.Test, 0, 2000);
        using var first = new MemoryCache();
        foreach (var (metric, what) in s_metrics.Zip(["fd", "kd"]))
        {
            Measure(metric, samples, first, $"{what} of 2000 against 60000, first time on a machine");
            using var later = new MemoryCache(first.Kept);
            Measure(metric, samples, later, $"{what} of 2000 against 60000, first time in a cell");
            Measure(metric, samples, later, $"{what} of 2000 against 60000, features at hand");
        }
    }

    private void Measure(IMetric metric, torch.Tensor samples, MemoryCache cache, string what)
    {
        var watch = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        var value = metric.Evaluate(_fashion.Context(samples, cache)).Single();
        TestContext.Out.WriteLine($"{what}: {watch.Elapsed.TotalSeconds:f2} s, "
            + $"{(Environment.CpuUsage.TotalTime - before).TotalSeconds:f2} s of processor time; {value.Name} = {value.Value:f5}, spread {value.Spread:f5}");
        Assert.That(value.Value, Is.InRange(-0.01, 2));
    }

    private double[] Evaluate(IImageSet reference, MemoryCache cache) =>
        [.. s_metrics.Select(m => m.Evaluate(_fashion.Context(_samples, cache) with { Reference = reference }).Single().Value)];

    [GeneratedRegex("[^a-z]+")]
    private static partial Regex Words();

    private sealed class Counted(torch.Tensor images) : IImageSet
    {
        public const string Name = "fingerprint-of-counted";

        public int Reads { get; private set; }

        public DataShape Shape => new(1, 28, 28);

        public int Count => (int)images.shape[0];

        public string? Fingerprint => Name;

        public torch.Tensor Read(int first, int count)
        {
            Reads += count;
            using var part = images.narrow(0, first, count);
            return part.clone();
        }
    }
}

using Dfx.Data.Images;
using Dfx.Data.Synthetic;
using Dfx.Sdk;

namespace Dfx.Metrics.Tests;

/// <summary>Metrics of data that are no images, whose distribution is known.</summary>
public sealed class SyntheticTests
{
    private static readonly DataContext s_context = new(null, "");

    [Test]
    public void The_exact_distance_needs_no_reference_sample()
    {
        using var scope = torch.NewDisposeScope();
        using var data = new TwoGaussiansDataset(new(Dimension: 8, Separation: 2, Train: 5000, Test: 5000)).Open(s_context);
        var samples = data.Read(Split.Test, Enumerable.Range(0, 5000).ToArray());
        using var cache = new MemoryCache();
        var value = new ExactFrechetMetric().Evaluate(Context(data, samples, cache)).Single();
        using var other = new MemoryCache();
        var moved = new ExactFrechetMetric().Evaluate(Context(data, samples + 0.5, other)).Single();

        Assert.That(value.Name, Is.EqualTo("fd-exact"));
        Assert.That(value.Value, Is.InRange(-1e-9, 0.01));

        // A shift by 0.5 in each of 8 dimensions is at a distance of 8 * 0.25.
        Assert.That(moved.Value, Is.EqualTo(2).Within(0.1));
        Assert.That(moved.Low, Is.LessThan(2).And.GreaterThan(1.9 - 0.1));
        Assert.That(moved.High, Is.GreaterThan(moved.Value));
    }

    [Test]
    public void Features_of_vectors_are_the_vectors()
    {
        using var scope = torch.NewDisposeScope();
        using var data = new GaussianMixtureDataset(new(Train: 2000, Test: 1500)).Open(s_context);
        var samples = data.Read(Split.Test, Enumerable.Range(0, 1500).ToArray());
        using var cache = new MemoryCache();
        var context = Context(data, samples, cache);

        Assert.That(new FrechetMetric(new()).Evaluate(context).Single().Name, Is.EqualTo("fd-identity"));
        Assert.That(new KernelMetric(new()).Evaluate(context).Single().Value, Is.Zero.Within(0.01));
        Assert.That(new RecallMetric(new()).Evaluate(context).Single().Value, Is.GreaterThan(0.9));
        Assert.That(new CoverageMetric(new()).Evaluate(context).Single().Value, Is.EqualTo(1 - Math.Pow(0.5, 5)).Within(0.02), "Naeem et al. 2020, section 3");
        Assert.That(new DensityMetric(new()).Evaluate(context).Single().Value, Is.EqualTo(1).Within(0.1));
        Assert.That(() => new ScoreMetric(new()).Evaluate(context), Throws.TypeOf<NotApplicableException>());
    }

    // Dropping modes, noise and blur of features' scale all show.
    [Test]
    public void Missing_modes_and_noise_are_far()
    {
        using var scope = torch.NewDisposeScope();
        using var data = new GaussianMixtureDataset(new(Train: 2000, Test: 2000)).Open(s_context);
        int[] all = [.. Enumerable.Range(0, 2000)];
        var (samples, labels) = (data.Read(Split.Test, all), data.Labels(Split.Test, all));
        var few = samples.masked_select(labels.lt(4).view(-1, 1, 1, 1).expand(samples.shape)).view(-1, 2, 1, 1);
        var noise = Sample.Normal(1, 2000, 2).to(torch.float32).view(2000, 2, 1, 1);
        double[] found = [Distance(data, samples), Distance(data, samples + (noise * 0.2)), Distance(data, samples + (noise * 0.4))];

        Assert.That(found, Is.Ordered.Ascending);
        Assert.That(Distance(data, few), Is.GreaterThan(10 * found[0]));
    }

    private static double Distance(IDataSource data, torch.Tensor samples)
    {
        using var cache = new MemoryCache();
        return new ExactFrechetMetric().Evaluate(Context(data, samples, cache)).Single().Value;
    }

    private static MetricContext Context(IDataSource data, torch.Tensor samples, IMetricCache cache) => new()
    {
        Dataset = "synthetic",
        Generated = new TensorImages(samples),
        Reference = new SourceImages(data, Split.Train, "synthetic"),
        Data = data,
        Device = torch.CPU,
        Cache = cache,
        Progress = new Silent(),
    };

    private sealed class Silent : IProgressHost
    {
        public void Report(long done, long total, string? note = null)
        {
        }
    }
}

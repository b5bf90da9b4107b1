using Dfx.Data.Images;
using Dfx.Harness.Checking.Tiny;
using Dfx.Harness.Execution.Worker;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>What the contract asks of a metric.</summary>
internal static class MetricChecks
{
    private const int Count = 32;

    // Metrics choose their extractor by the dataset: this one has an extractor that is there on every machine.
    private const string Dataset = "fashion-mnist";

    internal static IReadOnlyList<Check> Of(Func<IMetric> make, MetricKinds kind, string work) =>
    [
        new(
            "measures",
            "named finite values",
            "throw NotApplicableException where a number has no meaning",
            () => Measures(make, kind, work), Needed: true),
        new(
            "same twice",
            "equal samples give equal values",
            "draw subsets with fixed seeds",
            () => SameTwice(make, kind, work)),
    ];

    private static void Measures(Func<IMetric> make, MetricKinds kind, string work)
    {
        var values = Evaluate(make(), kind, work);
        Expect.That(values.Count > 0, $"there is no value");
        foreach (var value in values)
        {
            Expect.That(!string.IsNullOrWhiteSpace(value.Name), $"a value has no name");
            Expect.That(double.IsFinite(value.Value), $"{value.Name} is {value.Value}");
            Expect.That(value.Spread is not { } spread || (double.IsFinite(spread) && spread >= 0), $"the spread of {value.Name} is {value.Spread}");
            Expect.That(value.Low is not { } low || (double.IsFinite(low) && low <= value.Value), $"the interval of {value.Name} = {value.Value} begins at {value.Low}");
            Expect.That(value.High is not { } high || (double.IsFinite(high) && high >= value.Value), $"the interval of {value.Name} = {value.Value} ends at {value.High}");
        }

        var twice = values.GroupBy(v => v.Name).FirstOrDefault(g => g.Count() > 1)?.Key;
        Expect.That(twice is null, $"{twice} is there twice");
    }

    private static void SameTwice(Func<IMetric> make, MetricKinds kind, string work)
    {
        foreach (var (one, other) in Evaluate(make(), kind, work).Zip(Evaluate(make(), kind, work)))
        {
            Expect.That(one.Name == other.Name && one.Value.Equals(other.Value), $"{one.Name} is {one.Value:r}, and {other.Name} {other.Value:r}");
            Expect.That(
                one.Protocol.Count == other.Protocol.Count && !one.Protocol.Except(other.Protocol).Any(),
                $"the protocol of {one.Name} changed");
        }
    }

    /// <summary>Distorted test images against the training images, 28 pixels a side, as extractors know them.</summary>
    private static IReadOnlyList<MetricValue> Evaluate(IMetric metric, MetricKinds kind, string work)
    {
        using var scope = torch.NewDisposeScope();
        using var grad = torch.no_grad();
        using var shared = new SharedValues();
        using var data = new TinyData(28);
        var truth = data.Read(Split.Test, [.. Enumerable.Range(0, Count)]);
        return metric.Evaluate(new()
        {
            Dataset = Dataset,
            Generated = new TensorImages(PixelBytes.Quantize(truth * 0.9)),
            Reference = new SourceImages(data, Split.Train, new string('0', 64)),
            Truth = kind.HasFlag(MetricKinds.Paired) ? new TensorImages(PixelBytes.Quantize(truth)) : null,
            Data = data,
            Device = torch.CPU,
            Cache = new TensorCache(shared, Path.Combine(work, "metrics"), "check"),
            Progress = new MemoryHost(),
        });
    }
}

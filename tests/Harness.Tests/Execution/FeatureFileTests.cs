using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Metrics.Features;

namespace Dfx.Harness.Tests.Execution;

/// <summary>With <c>keep: auto</c> features stay that a metric has made; none are made to be kept.</summary>
internal sealed class FeatureFileTests
{
    private const int Samples = 6;

    private CellDesk _cell = null!;
    private JobDesk _desk = null!;
    private int _looked;

    [SetUp]
    public void Make()
    {
        _cell = new(
            ("datasets", "[{ dataset: test-shapes, with: { size: 16 } }]"), ("metrics", "[kid, { metric: kid, with: { extractor: r64 } }]"), ("samples", $"{Samples}"));
        (_desk, _looked) = (_cell.Desk, 0);
    }

    [TearDown]
    public void Remove() => _cell.Dispose();

    [Test]
    public void Those_of_a_value_that_is_taken_over_are_not_made()
    {
        var first = Measured(null, null);
        Assert.That(first.Files, Is.EqualTo(new[] { Artifacts.Features }), "what one metric lacks is nothing to another");
        Assert.That(_looked, Is.Positive);

        var earlier = new JobOutcome { Metrics = first.Values };
        _looked = 0;
        var again = Measured(null, earlier);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Values, Is.EqualTo(first.Values));
            Assert.That(again.Files, Is.Empty);
            Assert.That(_looked, Is.Zero);
        }

        var kept = _cell.At("kept.npz");
        File.Move(KeptSamples.FeaturesOf(_desk.Results, _desk.Job.Key), kept);
        Assert.That(Measured(kept, earlier).Files, Is.EqualTo(new[] { Artifacts.Features }), "those that were kept stay");
        Assert.That(_looked, Is.Zero);
    }

    private Measurements Measured(string? kept, JobOutcome? earlier)
    {
        using var samples = new MeasuredSamples(new(1, 16, 16), Samples, kept, () =>
        {
            _looked++;
            return torch.arange(Samples * 256).remainder(251).to(torch.uint8).reshape(Samples, 1, 16, 16);
        });
        return Measuring.Run(_desk, samples, null, earlier);
    }
}

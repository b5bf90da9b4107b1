using Dfx.Metrics.Features;
using Dfx.Sdk;

namespace Dfx.Metrics.Tests;

/// <summary>Features that were kept stand in for the samples that they are of.</summary>
internal sealed class KeptFeaturesTests
{
    private static readonly IMetric[] s_metrics = [new FrechetMetric(new()), new KernelMetric(new()), new PrecisionMetric(new()), new ScoreMetric(new())];

    private readonly string _file = Path.GetTempFileName();
    private FashionMnist _fashion = null!;
    private torch.Tensor _samples = null!;
    private torch.Tensor _reference = null!;

    [OneTimeSetUp]
    public void Open()
    {
        _fashion = new();
        _samples = _fashion.Bytes(Split.Test, 0, 150);
        _reference = _fashion.Bytes(Split.Train, 0, 200);
    }

    [OneTimeTearDown]
    public void Close()
    {
        _samples.Dispose();
        _reference.Dispose();
        _fashion.Dispose();
        File.Delete(_file);
    }

    [Test]
    public void They_give_every_metric_the_same_bits()
    {
        var expected = Measured(new Data.Images.TensorImages(_samples));
        Keep();
        using var kept = new MeasuredSamples(new(1, 28, 28), 150, _file, () => throw new InvalidOperationException("the samples were looked at"));
        Assert.That(Measured(kept), Is.EqualTo(expected));

        using var cache = new MemoryCache();
        var context = _fashion.Context(_samples, cache, _reference) with { Generated = kept, Companions = [KeptFeatures.Companion] };
        Assert.That(() => KeptFeatures.Write(_file + ".again", context, KeptFeatures.Made(context, ["generated", "logits"])), Throws.Nothing, "they can be kept again");
        Assert.That(File.ReadAllBytes(_file + ".again"), Is.EqualTo(File.ReadAllBytes(_file)));
        File.Delete(_file + ".again");
    }

    /// <summary>Another version of the network gives other features of the first samples; here it is the samples that are others.</summary>
    [Test]
    public void Features_that_the_extractor_does_not_give_again_are_not_used()
    {
        Keep();
        var arrays = Numerics.Files.Npz.Load(_file).ToDictionary(array => array.Key, array => array.Value);
        arrays["first"][0] = 255 - arrays["first"][0];
        Numerics.Files.Npz.Save(_file, arrays);
        foreach (var array in arrays.Values)
        {
            array.Dispose();
        }

        var looked = 0;
        using var kept = new MeasuredSamples(new(1, 28, 28), 150, _file, () =>
        {
            looked++;
            return _samples;
        });
        Assert.That(Measured(kept), Is.EqualTo(Measured(new Data.Images.TensorImages(_samples))));
        Assert.That(looked, Is.GreaterThan(0));
    }

    /// <summary>The card of <c>r64</c> tells its layer in several words.</summary>
    [Test]
    public void They_are_found_whatever_the_card_of_their_extractor_says()
    {
        using var cache = new MemoryCache();
        var context = _fashion.Context(_samples, cache, _reference) with { Companions = [KeptFeatures.Companion] };
        KeptFeatures.Write(_file, context, KeptFeatures.Made(context, ["generated-r64", "generated"]));
        using var file = Numerics.Files.Npz.Open(_file);
        Assert.That(KeptFeatures.Extractors(file), Is.EquivalentTo(new Dictionary<string, string>
        {
            [FeatureSpace.Of(context, ExtractorChoice.R64).Card.Key] = "r64",
            [FeatureSpace.Of(context, ExtractorChoice.Auto).Card.Key] = "auto",
        }));
    }

    /// <summary>As those of a metric that lacks its weights: it costs its own features alone.</summary>
    [Test]
    public void Features_that_no_extractor_gives_here_are_left_out()
    {
        using var cache = new MemoryCache();
        var context = _fashion.Context(_samples, cache, _reference) with { Companions = [KeptFeatures.Companion], Weights = _ => null };
        Assert.That(KeptFeatures.Made(context, ["generated-inception", "generated"]).Select(array => array.Key), Is.EqualTo(new[] { "generated", "logits" }));
    }

    [Test]
    public void A_file_that_is_none_covers_nothing()
    {
        File.WriteAllText(_file, "no zip");
        Assert.That(KeptFeatures.Covered(_file), Is.Empty);
        Assert.That(KeptFeatures.Covered(_file + ".missing"), Is.Empty);
    }

    private void Keep()
    {
        using var cache = new MemoryCache();
        var context = _fashion.Context(_samples, cache, _reference) with { Companions = [KeptFeatures.Companion] };
        KeptFeatures.Write(_file, context, KeptFeatures.Made(context, ["generated", "logits"]));
        Assert.That(KeptFeatures.Covered(_file), Is.SupersetOf(new[] { "generated", "logits", "first" }));
    }

    private double[] Measured(IImageSet samples)
    {
        using var cache = new MemoryCache();
        var context = _fashion.Context(_samples, cache, _reference) with { Generated = samples, Companions = ["fd", "kid", "precision", "is"] };
        return [.. s_metrics.SelectMany(metric => metric.Evaluate(context)).SelectMany(value => new[] { value.Value, value.Low ?? 0, value.High ?? 0, value.Spread ?? 0 })];
    }
}

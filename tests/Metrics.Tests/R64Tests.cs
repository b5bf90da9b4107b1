using Dfx.Metrics.Distances;
using Dfx.Metrics.Extractors;
using Dfx.Metrics.Extractors.R64;
using Dfx.Sdk;

namespace Dfx.Metrics.Tests;

/// <summary>The random network on real images.</summary>
public sealed class R64Tests
{
    private const int Count = 1000;

    private FashionMnist _fashion = null!;
    private R64Extractor _extractor = null!;

    [OneTimeSetUp]
    public void Open() => (_fashion, _extractor) = (new(), new(torch.CPU));

    [OneTimeTearDown]
    public void Close()
    {
        _fashion.Dispose();
        _extractor.Dispose();
    }

    [Test]
    public void The_weights_are_the_documented_ones()
    {
        Assert.That(_extractor.Card.WeightsSha256, Is.EqualTo("c7a0fd317eda913ecb6e0d4f3c1a963e15c59f336cc66553d52294f8d9ddc1a0"));
        Assert.That(_extractor.Card.Dimension, Is.EqualTo(64));
        Assert.That(_extractor.Card.IsStandard, Is.False);
    }

    [Test]
    public void Numbers_are_of_order_one()
    {
        using var scope = torch.NewDisposeScope();
        var squares = _extractor.Features(_fashion.Bytes(Split.Train, 0, Count)).square().mean([0L]).view(4, 16);
        TestContext.Out.WriteLine($"mean square by block: {string.Join(' ', squares.mean([1L]).data<float>().ToArray())}");

        Assert.That(squares.mean([1L]).min().ToDouble(), Is.EqualTo(1).Within(0.1));
        Assert.That(squares.mean([1L]).max().ToDouble(), Is.EqualTo(1).Within(0.1));
        Assert.That(squares.min().ToDouble(), Is.GreaterThan(1e-3), "every number says something");
    }

    [Test]
    public void The_batch_does_not_matter()
    {
        using var scope = torch.NewDisposeScope();
        var images = _fashion.Bytes(Split.Test, 0, 100);
        var together = _extractor.Features(images);
        var alone = torch.cat(Enumerable.Range(0, 100).Select(i => _extractor.Features(images.narrow(0, i, 1))).ToArray());

        Assert.That(together.shape, Is.EqualTo(new long[] { 100, 64 }));
        Assert.That((together - alone).abs().max().ToDouble(), Is.LessThan(1e-5 * together.abs().max().ToDouble()));
    }

    [Test]
    public void Grey_images_are_colour_images_of_equal_channels()
    {
        using var scope = torch.NewDisposeScope();
        var images = _fashion.Bytes(Split.Test, 0, 8);
        Assert.That(_extractor.Features(images).eq(_extractor.Features(images.repeat(1, 3, 1, 1))).all().ToBoolean(), Is.True);
    }

    [TestCase(16, 16)]
    [TestCase(33, 20)]
    [TestCase(300, 300)]
    public void Images_of_any_size_from_16_pixels_on(int height, int width)
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.arange(0, 2 * 3 * height * width).remainder(251).to(torch.uint8).reshape(2, 3, height, width);
        var features = _extractor.Features(images);

        Assert.That(features.shape, Is.EqualTo(new long[] { 2, 64 }));
        Assert.That(features.isfinite().all().ToBoolean(), Is.True);
    }

    [Test]
    public void The_distance_grows_with_noise_blur_and_missing_modes()
    {
        using var scope = torch.NewDisposeScope();
        var reference = _fashion.Bytes(Split.Train, 0, 2 * Count);
        var images = _fashion.Bytes(Split.Test, 0, Count);
        var noise = Sample.Normal(1, Count, 28 * 28).view(Count, 1, 28, 28).to(torch.float32);
        var labels = _fashion.Data.Labels(Split.Test, [.. Enumerable.Range(0, 9 * Count)]).data<long>().ToArray();
        var all = _fashion.Bytes(Split.Test, 0, 9 * Count);

        AssertRises("noise", reference, new[] { 0, 0.05, 0.1, 0.2, 0.4, 0.8 }.Select(sigma => Bytes(images.to(torch.float32) + (noise * (127.5 * sigma)))));
        AssertRises("blur", reference, new[] { 0, 0.5, 0.75, 1, 1.5, 2.5 }.Select(sigma => sigma == 0 ? images : Blurred(images, sigma)));
        AssertRises("missing classes", reference, new[] { 0, 1, 2, 4, 6, 9 }.Select(missing =>
            all.index_select(0, torch.tensor([.. Enumerable.Range(0, labels.Length).Where(i => labels[i] >= missing).Take(Count).Select(i => (long)i)]))));
    }

    [Test]
    public void It_is_chosen_for_emoji_and_by_name()
    {
        using var emoji = FeatureExtractors.For("auto", "emoji-32", new(3, 32, 32), torch.CPU, _ => null);
        using var fashion = FeatureExtractors.For("r64", "fashion-mnist", new(1, 28, 28), torch.CPU, _ => null);

        Assert.That((emoji.Card.Id, fashion.Card.Id), Is.EqualTo(("r64", "r64")));
        Assert.That(() => FeatureExtractors.For("r64", "tiny", new(3, 15, 40), torch.CPU, _ => null), Throws.TypeOf<NotApplicableException>().With.Message.Contains("16x16"));
        Assert.That(() => FeatureExtractors.For("r64", "spectra", new(4, 32, 32), torch.CPU, _ => null), Throws.TypeOf<NotApplicableException>().With.Message.Contains("4x32x32"));
    }

    private void AssertRises(string what, torch.Tensor reference, IEnumerable<torch.Tensor> images)
    {
        using var statistics = Gaussian(reference);
        var distances = images.Select(x => FrechetDistance.Of(statistics, FeatureStatistics.Of(_extractor.Features(x)))).ToArray();
        TestContext.Out.WriteLine($"{what}: {string.Join(' ', distances.Select(d => d.ToString("g4", System.Globalization.CultureInfo.InvariantCulture)))}");

        Assert.That(distances, Is.Ordered, what);
        Assert.That(distances[^1], Is.GreaterThan(20 * distances[0]), what);
    }

    private GaussianReference Gaussian(torch.Tensor images)
    {
        var statistics = FeatureStatistics.Of(_extractor.Features(images));
        return new(statistics.Mean, statistics.Covariance);
    }

    private static torch.Tensor Bytes(torch.Tensor values) => values.round().clamp(0, 255).to(torch.uint8);

    private static torch.Tensor Blurred(torch.Tensor images, double sigma)
    {
        var kernel = torch.arange(-6, 7, dtype: torch.float32).square().mul(-1 / (2 * sigma * sigma)).exp();
        kernel /= kernel.sum();
        var padded = torch.nn.functional.pad(images.to(torch.float32), [6, 6, 6, 6], PaddingModes.Reflect);
        var across = torch.nn.functional.conv2d(padded, kernel.view(1, 1, 1, 13));
        return Bytes(torch.nn.functional.conv2d(across, kernel.view(1, 1, 13, 1)));
    }
}

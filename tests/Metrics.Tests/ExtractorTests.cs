using System.Globalization;
using Dfx.Metrics.Extractors;
using Dfx.Sdk;

namespace Dfx.Metrics.Tests;

public sealed class ExtractorTests
{
    private FashionMnist _fashion = null!;

    [OneTimeSetUp]
    public void Open() => _fashion = new();

    [OneTimeTearDown]
    public void Close() => _fashion.Dispose();

    [Test]
    public void The_weights_are_the_committed_ones()
    {
        var bytes = WeightsFile.Bytes("fmnist-cnn.safetensors");

        Assert.That(bytes, Has.Length.LessThan(400_000));
        Assert.That(WeightsFile.Hash(bytes), Is.EqualTo("fc7bc2457f1b23f81abe80bcff011b6ddaef225a2a988907e1664fdcf20b9577"));
    }

    [Test]
    public void The_classifier_is_as_good_as_documented()
    {
        using var network = new FmnistCnn();
        WeightsFile.Load(WeightsFile.Bytes("fmnist-cnn.safetensors"), network);
        network.eval();
        var accuracy = new FmnistTraining(_fashion.Data, 1, 0).Accuracy(network);

        TestContext.Out.WriteLine($"test accuracy {accuracy:f4}");
        Assert.That(accuracy, Is.GreaterThanOrEqualTo(0.91));
    }

    [Test]
    public void The_batch_does_not_matter()
    {
        using var scope = torch.NewDisposeScope();
        using var extractor = new FmnistExtractor(torch.CPU);
        var images = _fashion.Bytes(Split.Test, 0, 64);
        var together = extractor.Features(images);

        Assert.That(together.shape, Is.EqualTo(new long[] { 64, 64 }));
        Assert.That(together.dtype, Is.EqualTo(torch.float32));
        Assert.That(together.min().ToDouble(), Is.Negative, "features precede the ReLU");
        var alone = torch.cat(Enumerable.Range(0, 64).Select(i => extractor.Features(images.narrow(0, i, 1))).ToArray());
        Assert.That((together - alone).abs().max().ToDouble(), Is.LessThan(1e-5 * together.abs().max().ToDouble()));
    }

    [Test]
    public void Training_is_repeatable_and_learns()
    {
        using var scope = torch.NewDisposeScope();
        var losses = new List<string>();
        using var first = new FmnistTraining(_fashion.Data, 12, 7).Train(new Notes(losses));
        using var second = new FmnistTraining(_fashion.Data, 12, 7).Train(new Notes([]));
        using var other = new FmnistTraining(_fashion.Data, 1, 8).Train(new Notes([]));

        foreach (var (name, weight) in first.state_dict())
        {
            Assert.That(weight.bytes.SequenceEqual(second.state_dict()[name].bytes), Is.True, name);
        }

        Assert.That(other.state_dict()["conv1.weight"].bytes.SequenceEqual(first.state_dict()["conv1.weight"].bytes), Is.False);
        Assert.That(losses, Has.Count.EqualTo(12));
        Assert.That(Loss(losses[^1]), Is.LessThan(Loss(losses[0]) - 0.4));
    }

    [Test]
    public void Balancing_changes_the_features_and_not_the_answers()
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        using var network = new FmnistCnn();
        var images = _fashion.Data.Read(Split.Test, [1, 2, 3]);
        var (features, answers) = (network.Features(images), network.call(images));
        network.ScaleHidden(0.3);

        Assert.That((network.Features(images) - (features * 0.3)).abs().max().ToDouble(), Is.LessThan(1e-5));
        Assert.That((network.call(images) - answers).abs().max().ToDouble(), Is.LessThan(1e-5));
    }

    [Test]
    public void The_mean_square_is_one()
    {
        using var scope = torch.NewDisposeScope();
        using var extractor = new FmnistExtractor(torch.CPU);
        var squares = extractor.Features(_fashion.Bytes(Split.Train, 0, 5000)).square().mean([0L]);
        TestContext.Out.WriteLine($"units by mean square: {string.Join(' ', squares.data<float>().ToArray().Order().Select(v => v.ToString("f2", CultureInfo.InvariantCulture)))}");

        Assert.That(squares.mean().ToDouble(), Is.EqualTo(1).Within(0.05));
        Assert.That((squares > 0.05).sum().ToInt64(), Is.GreaterThan(56), "nearly all units count");
    }

    [TestCase("cifar10", 3, 32)]
    [TestCase("fashion-mnist", 1, 14)]
    public void Without_an_extractor_nothing_stands_in(string dataset, int channels, int side) =>
        Assert.That(
            () => FeatureExtractors.For("auto", dataset, new(channels, side, side), torch.CPU, _ => null),
            Throws.TypeOf<NotApplicableException>().With.Message.Contains(dataset).And.Message.Contains("fmnist-cnn"));

    private static double Loss(string note) => double.Parse(note.Split(' ')[1], CultureInfo.InvariantCulture);

    private sealed class Notes(List<string> notes) : IProgressHost
    {
        public void Report(long done, long total, string? note = null) => notes.Add(note!);
    }
}

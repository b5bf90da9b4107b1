using System.Security.Cryptography;
using Dfx.Metrics.Extractors;
using Dfx.Metrics.Extractors.Inception;
using Dfx.Numerics.Files;
using Dfx.Sdk;
using static Dfx.Numerics.Tests.Files.PthBytes;

namespace Dfx.Metrics.Tests;

/// <summary>Weights files, and what their extractor may be called.</summary>
public sealed class InceptionFileTests
{
    private DirectoryInfo _folder = null!;
    private string _path = null!;
    private string _hash = null!;

    [OneTimeSetUp]
    public void Write()
    {
        _folder = Directory.CreateTempSubdirectory("dfx-inception-");
        _path = Write("formula.pth", InceptionPlan.Tensors);
        _hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_path)));
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Delete(recursive: true);

    [Test]
    public void Other_weights_than_the_published_ones_have_another_name()
    {
        using var scope = torch.NewDisposeScope();
        using var extractor = (IClassifier)FeatureExtractors.For("auto", "cifar10", new(3, 32, 32), torch.CPU, id => id == "inception" ? _path : null);
        var images = Golden.Network("inception", "images_u8").to(torch.uint8);
        var (features, logits) = extractor.Classify(images);

        Assert.That(extractor.Card.Id, Is.EqualTo("inception-v3-compat"));
        Assert.That(extractor.Card.IsStandard, Is.False);
        Assert.That(extractor.Card.WeightsSha256, Is.EqualTo(_hash));
        Assert.That(extractor.Card.Dimension, Is.EqualTo(2048));
        AssertNear(features, "feat_2048_f64graph");
        AssertNear(logits, "feat_logits_unbiased_f64graph");
        Assert.That(extractor.Features(images).eq(features).all().ToBoolean(), Is.True);
    }

    [Test]
    public void Earlier_layers_have_another_name_too()
    {
        using var scope = torch.NewDisposeScope();
        using var extractor = FeatureExtractors.For("inception-192", "fashion-mnist", new(1, 28, 28), torch.CPU, _ => _path);
        var grey = torch.arange(0, 20 * 28 * 28).remainder(256).to(torch.uint8).reshape(20, 1, 28, 28);
        var features = extractor.Features(grey);

        Assert.That(extractor.Card.Id, Is.EqualTo("inception-v3-compat-192"));
        Assert.That(features.shape, Is.EqualTo(new long[] { 20, 192 }));
        Assert.That((extractor.Features(grey.repeat(1, 3, 1, 1).narrow(0, 17, 1)) - features.narrow(0, 17, 1)).abs().max().ToDouble(), Is.LessThan(1e-5), "grey, and in another batch");
    }

    [TestCase(true, 2048, "inception", true)]
    [TestCase(true, 768, "inception-768", false)]
    [TestCase(false, 2048, "inception-v3-compat", false)]
    public void Only_the_published_file_and_layer_are_standard(bool published, int layer, string id, bool standard)
    {
        using var scope = torch.NewDisposeScope();
        var tensors = InceptionPlan.Tensors.ToDictionary(tensor => tensor.Name, tensor => torch.ones(tensor.Shape));
        using var extractor = new InceptionExtractor(new(tensors, InceptionWeights.StandardSha256, published), layer, torch.CPU);

        Assert.That((extractor.Card.Id, extractor.Card.IsStandard), Is.EqualTo((id, standard)));
    }

    [Test]
    public void The_published_file_is_known_by_length_and_hash()
    {
        const string Published = "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2";
        Assert.That(InceptionWeights.IsPublished(95_628_359, Published), Is.True);
        Assert.That(InceptionWeights.IsPublished(95_628_358, Published), Is.False);
        Assert.That(InceptionWeights.IsPublished(95_628_359, Published.Replace('6', '7')), Is.False);
    }

    [Test]
    public void Another_network_is_refused_by_the_tensor_that_shows_it()
    {
        Refused(InceptionPlan.Tensors.Where(tensor => tensor.Name != "Mixed_7c.branch_pool.bn.bias"), "lacks 'Mixed_7c.branch_pool.bn.bias'");
        Refused(InceptionPlan.Tensors.Append(("AuxLogits.fc.bias", [1000])), "'AuxLogits.fc.bias'");
        Refused(InceptionPlan.Tensors.Select(tensor => tensor.Name == "fc.bias" ? (tensor.Name, [1000]) : tensor), "'fc.bias' has the shape [1000] in place of [1008]");
    }

    [Test]
    public void Without_weights_nothing_stands_in() => Assert.That(
        () => FeatureExtractors.For("inception", "cifar10", new(3, 32, 32), torch.CPU, _ => null),
        Throws.TypeOf<NotApplicableException>().With.Message.Contains("dfx data add inception FILE").And.Message.Contains("DFX_INCEPTION"));

    [Test]
    public void A_path_to_nothing_is_an_error() => Assert.That(
        () => FeatureExtractors.For("inception", "cifar10", new(3, 32, 32), torch.CPU, _ => Path.Combine(_folder.FullName, "none.pth")),
        Throws.InstanceOf<FileNotFoundException>());

    private void Refused(IEnumerable<(string Name, long[] Shape)> tensors, string message)
    {
        // Names and shapes are refused before numbers are read, so that zeros will do.
        var path = Write("other.pth", tensors, fill: false);
        Assert.That(() => InceptionWeights.Load(path), Throws.TypeOf<TensorFileException>().With.Message.Contains(message));
    }

    private string Write(string name, IEnumerable<(string Name, long[] Shape)> tensors, bool fill = true)
    {
        using var scope = torch.NewDisposeScope();
        var list = tensors.ToList();
        var counts = list.Select(tensor => tensor.Shape.Aggregate(1L, (a, b) => a * b)).ToArray();
        var state = Pickle(OrderedDict([.. list.Select((tensor, i) =>
            (tensor.Name, Tensor(Storage($"{i}", "FloatStorage", counts[i], false), 0, tensor.Shape, Strides(tensor.Shape))))]));
        var storages = list.Select((tensor, i) =>
            ($"{i}", fill ? FormulaFill.Inception(tensor.Name, tensor.Shape).bytes.ToArray() : new byte[counts[i] * sizeof(float)]));
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, Zip(state, [.. storages]));
        return path;
    }

    private static long[] Strides(long[] shape) => [.. shape.Select((_, axis) => shape.Skip(axis + 1).Aggregate(1L, (a, b) => a * b))];

    private static void AssertNear(torch.Tensor actual, string golden)
    {
        var expected = Golden.Network("inception", golden);
        Assert.That((actual - expected).abs().max().ToDouble(), Is.LessThan(1e-4 * expected.abs().max().ToDouble()), golden);
    }
}

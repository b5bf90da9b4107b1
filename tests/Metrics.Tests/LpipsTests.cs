using Dfx.Diffusion;
using Dfx.Metrics.Lpips;
using Dfx.Numerics.Files;
using Dfx.Sdk;
using static Dfx.Numerics.Tests.Files.PthBytes;

namespace Dfx.Metrics.Tests;

/// <summary>LPIPS against richzhang's implementation, with weights that a formula gives.</summary>
public sealed class LpipsTests
{
    [TestCase("alex")]
    [TestCase("vgg")]
    public void Distances_are_those_of_the_official_implementation(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network(name, torch.float64);
        var (x, y) = (Image("in0").to(torch.float64), Image("in1").to(torch.float64));

        AssertRelative(network.Distance(x, y), name + "_f64", 1e-6);
        AssertRelative(network.Layers(x, y), name + "_per_layer_f64", 1e-6);
        var taps = torch.stack(network.Taps(x).Select(tap => tap.abs().mean([1L, 2L, 3L])));
        AssertRelative(taps, name + "_trunk_mean_abs_f64", 1e-6);
    }

    [TestCase("alex")]
    [TestCase("vgg")]
    public void Single_precision_is_enough(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network(name, torch.float32);
        AssertRelative(network.Distance(Image("in0"), Image("in1")), name + "_f64", 1e-5);
    }

    // The official "normalize" takes images in [0, 1]; ours takes their bytes. The images are of 64 pixels, so nothing is enlarged.
    [TestCase("alex")]
    [TestCase("vgg")]
    public void Bytes_are_what_the_official_code_normalises(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network(name, torch.float32);
        var (x, y) = ((Image("in0") + 1) * 127.5, (Image("in1") + 1) * 127.5);
        AssertRelative(LpipsMeasure.Distances(network, torch.CPU, x, y), name + "_normalize01_f64", 1e-5);
        AssertRelative(network.Distance(Image("in0"), Image("in1")), name + "_f32", 1e-5);
    }

    [TestCase("alex")]
    [TestCase("vgg")]
    public void It_is_a_symmetric_distance_of_each_pair(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network(name, torch.float32);
        var (x, y) = (Image("in0"), Image("in1"));
        var distance = network.Distance(x, y);

        Assert.That(network.Distance(x, x).abs().max().ToDouble(), Is.Zero);
        Assert.That(distance.min().ToDouble(), Is.Positive);
        Assert.That((network.Distance(y, x) - distance).abs().max().ToDouble(), Is.LessThan(1e-7));
        Assert.That((network.Distance(x.narrow(0, 1, 1), y.narrow(0, 1, 1)) - distance.narrow(0, 1, 1)).abs().max().ToDouble(), Is.LessThan(1e-7));
    }

    [Test]
    public void Small_and_grey_images_are_enlarged_and_coloured()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network("alex", torch.float32);
        var x = torch.arange(0, 2 * 28 * 28).reshape(2, 1, 28, 28).remainder(256).to(torch.float64);
        var near = LpipsMeasure.Distances(network, torch.CPU, x, (x + 8).clamp(0, 255));
        var far = LpipsMeasure.Distances(network, torch.CPU, x, 255 - x);

        Assert.That(near.shape, Is.EqualTo(new long[] { 2 }));
        Assert.That(near.dtype, Is.EqualTo(torch.float64));
        Assert.That(far.lt(near).any().ToBoolean(), Is.False);
    }

    [Test]
    public void Without_weights_it_does_not_apply() =>
        Assert.That(() => LpipsWeights.Load("lpips-vgg", LpipsTrunk.Vgg16, _ => null), Throws.TypeOf<NotApplicableException>().With.Message.Contains("dfx data add vgg16"));

    [Test]
    public void Files_are_read_and_checked()
    {
        using var scope = torch.NewDisposeScope();
        var folder = Directory.CreateTempSubdirectory("dfx-lpips-");
        try
        {
            var trunk = Write(folder, "trunk", LpipsTrunk.AlexNet.Layers.SelectMany(layer => new (string, long[])[]
            {
                (layer.Weight, [layer.Outputs, layer.Inputs, layer.Kernel, layer.Kernel]), (layer.Bias, [layer.Outputs]),
            }), 0.5f);
            var heads = Write(folder, "heads", LpipsTrunk.AlexNet.Taps.Select((channels, tap) => (LpipsTrunk.Head(tap), new long[] { 1, channels, 1, 1 })), 0.25f);
            var bad = Write(folder, "bad", LpipsTrunk.AlexNet.Taps.Select((channels, tap) => (LpipsTrunk.Head(tap), new long[] { 1, channels, 1, 1 })), -1);
            using var weights = LpipsWeights.Load("lpips-alex", LpipsTrunk.AlexNet, id => id == "alexnet" ? trunk : heads);

            Assert.That(weights.IsStandard, Is.False, "the numbers are not torchvision's");
            Assert.That(weights.Tensors, Has.Count.EqualTo(15));
            Assert.That(weights.Tensors["lin4.model.1.weight"].sum().ToDouble(), Is.EqualTo(64));
            Assert.That(() => LpipsWeights.Load("lpips-alex", LpipsTrunk.AlexNet, id => id == "alexnet" ? trunk : bad), Throws.TypeOf<TensorFileException>().With.Message.Contains("negative"));
            Assert.That(() => LpipsWeights.Load("lpips-vgg", LpipsTrunk.Vgg16, _ => trunk), Throws.TypeOf<TensorFileException>().With.Message.Contains("features.0.weight"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static string Write(DirectoryInfo folder, string name, IEnumerable<(string Name, long[] Shape)> tensors, float value)
    {
        var list = tensors.ToList();
        var counts = list.Select(tensor => tensor.Shape.Aggregate(1L, (a, b) => a * b)).ToArray();
        var state = Pickle(OrderedDict([.. list.Select((tensor, i) => (tensor.Name, Tensor(Storage($"{i}", "FloatStorage", counts[i], false), 0, tensor.Shape, Strides(tensor.Shape))))]));
        var path = Path.Combine(folder.FullName, name + ".pth");
        File.WriteAllBytes(path, Zip(state, [.. counts.Select((count, i) => ($"{i}", Repeat(value, count)))]));
        return path;
    }

    /// <summary>A list of tensors, as piq's file of heads is.</summary>
    internal static string WriteList(DirectoryInfo folder, string name, IEnumerable<long[]> shapes, float value)
    {
        var list = shapes.ToList();
        var counts = list.Select(shape => shape.Aggregate(1L, (a, b) => a * b)).ToArray();
        var state = Pickle(List([.. list.Select((shape, i) => Tensor(Storage($"{i}", "FloatStorage", counts[i], false), 0, shape, Strides(shape)))]));
        var path = Path.Combine(folder.FullName, name + ".pth");
        File.WriteAllBytes(path, Zip(state, [.. counts.Select((count, i) => ($"{i}", Repeat(value, count)))]));
        return path;
    }

    private static byte[] Repeat(float value, long count)
    {
        var values = new float[count];
        Array.Fill(values, value);
        return System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values).ToArray();
    }

    private static long[] Strides(long[] shape) => [.. shape.Select((_, axis) => shape.Skip(axis + 1).Aggregate(1L, (a, b) => a * b))];

    private static torch.Tensor Image(string name) => Golden.Network("lpips", name);

    private static LpipsNet Network(string name, torch.ScalarType dtype)
    {
        var trunk = name == "vgg" ? LpipsTrunk.Vgg16 : LpipsTrunk.AlexNet;
        return new(trunk, Weights(trunk), torch.CPU, dtype);
    }

    /// <summary>Formula weights. The official classes name a convolution by its slice, which ends at a tap, and by torchvision's index.</summary>
    internal static Dictionary<string, torch.Tensor> Weights(LpipsTrunk trunk)
    {
        var weights = new Dictionary<string, torch.Tensor>();
        var slice = 1;
        foreach (var layer in trunk.Layers)
        {
            var official = $"net.slice{slice}.{layer.Index}";
            weights.Add(layer.Weight, FormulaFill.Lpips(official + ".weight", [layer.Outputs, layer.Inputs, layer.Kernel, layer.Kernel]));
            weights.Add(layer.Bias, FormulaFill.Lpips(official + ".bias", [layer.Outputs]));
            slice += layer.Tapped ? 1 : 0;
        }

        for (var tap = 0; tap < trunk.Taps.Count; tap++)
        {
            weights.Add(LpipsTrunk.Head(tap), FormulaFill.Lpips(LpipsTrunk.Head(tap), [1, trunk.Taps[tap], 1, 1]));
        }

        return weights;
    }

    private static void AssertRelative(torch.Tensor actual, string golden, double tolerance)
    {
        var expected = Golden.Network("lpips", golden).to(torch.float64);
        var error = ((actual.to(torch.float64) - expected).abs() / (expected.abs() + 1e-2)).max().ToDouble();
        TestContext.Out.WriteLine($"{golden}: off by {error:E2} of the value, allowed {tolerance:E2}");
        Assert.That(error, Is.LessThanOrEqualTo(tolerance), golden);
    }
}

using Dfx.Diffusion;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Metrics.Tests;

/// <summary>LPIPS as a training distance: VGG-16 with means in place of maxima.</summary>
public sealed class PerceptualDistanceTests
{
    private static readonly int[][] s_widths = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]];

    /// <summary>The definition written out once more, in piq's words: images in [0, 1], ImageNet's mean and deviation, means of 2 x 2, unit features.</summary>
    [Test]
    public void Distances_are_those_of_the_definition()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network(LpipsTrunk.Vgg16 with { Averages = true });
        var (x, y) = (Image("in0"), Image("in1"));
        var (made, expected) = (network.Layers(x, y), Written(x, y));
        Assert.That(((made - expected).abs() / expected).max().ToDouble(), Is.LessThan(1e-10));
        Assert.That((network.Distance(x, y) - expected.sum(0L)).abs().max().ToDouble(), Is.LessThan(1e-12));
    }

    [Test]
    public void It_is_another_distance_than_the_metric()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network(LpipsTrunk.Vgg16 with { Averages = true });
        var metric = Golden.Network("lpips", "vgg_per_layer_f64").to(torch.float64);
        var made = network.Layers(Image("in0"), Image("in1"));
        Assert.That((made[0] - metric[0]).abs().max().ToDouble(), Is.LessThan(1e-8), "nothing is pooled before the first tap");
        Assert.That(((made[1] - metric[1]).abs() / metric[1]).min().ToDouble(), Is.GreaterThan(1e-3));
    }

    /// <summary>Along random directions, in float64, by central differences.</summary>
    [Test]
    public void Its_gradient_is_that_of_finite_differences()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network(LpipsTrunk.Vgg16 with { Averages = true });
        const double step = 1e-6;
        var (x, y) = (Image("in0").narrow(2, 0, 32).narrow(3, 0, 32).clone(), Image("in1").narrow(2, 0, 32).narrow(3, 0, 32));
        x.requires_grad = true;
        network.Distance(x, y).sum().backward();
        foreach (var seed in (string[])["one", "two", "three"])
        {
            var direction = (FormulaFill.Of(seed, x.shape, u => u) - 0.5).to(torch.float64);
            using var outside = torch.no_grad();
            var expected = (network.Distance(x + (direction * step), y).sum() - network.Distance(x - (direction * step), y).sum()).ToDouble() / (2 * step);
            Assert.That((x.grad! * direction).sum().ToDouble(), Is.EqualTo(expected).Within(1e-5 * Math.Abs(expected)), seed);
        }
    }

    [Test]
    public void Equal_images_have_distance_and_gradient_0()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network(LpipsTrunk.Vgg16 with { Averages = true });
        var x = Image("in0").clone();
        x.requires_grad = true;
        var distance = network.Distance(x, Image("in0"));
        distance.sum().backward();
        Assert.That(distance.abs().max().ToDouble(), Is.Zero);
        Assert.That(x.grad!.abs().max().ToDouble(), Is.Zero);
    }

    /// <summary>A length of 0 has no derivative: where all features of a pixel are 0 there is no gradient, and none that is not a number.</summary>
    [Test]
    public void Where_features_vanish_the_gradient_is_0()
    {
        using var scope = torch.NewDisposeScope();
        var weights = Weights();
        foreach (var layer in LpipsTrunk.Vgg16.Layers)
        {
            weights[layer.Bias] = torch.full_like(weights[layer.Bias], -1e6);
        }

        using var network = new LpipsNet(LpipsTrunk.Vgg16 with { Averages = true }, weights, torch.CPU, torch.float32);
        var x = Image("in0").@float();
        x.requires_grad = true;
        var distance = network.Distance(x, Image("in1").@float());
        distance.sum().backward();
        Assert.That(distance.abs().max().ToDouble(), Is.Zero);
        Assert.That(x.grad!.abs().max().ToDouble(), Is.Zero);
    }

    /// <summary>consistency_models asks for the width.</summary>
    [TestCase(1, 32, 32, 224, 224)]
    [TestCase(3, 64, 255, 224, 224)]
    [TestCase(3, 300, 256, 300, 256)]
    public void Small_images_are_enlarged_to_224_pixels_and_grey_ones_coloured(int channels, int height, int width, int tall, int wide)
    {
        using var scope = torch.NewDisposeScope();
        var ramp = torch.linspace(-1, 1, width).expand(1, channels, height, width);
        var input = PerceptualDistance.Input(ramp);
        Assert.That(input.shape, Is.EqualTo(new long[] { 1, 3, tall, wide }));

        // Half-pixel centres: pixel j of the enlarged line lies at (j + 1/2) w / 224 - 1/2 of the small one, cut off at both ends.
        var expected = torch.tensor([.. Enumerable.Range(0, wide).Select(j => (float)((2 * Math.Clamp(((j + 0.5) * width / wide) - 0.5, 0, width - 1) / (width - 1)) - 1))]);
        Assert.That((input[0, 2, 5] - expected).abs().max().ToDouble(), Is.LessThan(1e-5));
    }

    [Test]
    public void The_target_is_a_constant()
    {
        using var scope = torch.NewDisposeScope();
        using var distance = new PerceptualDistance(new(LpipsTrunk.Vgg16 with { Averages = true }, Weights(), torch.CPU));
        var (made, target) = (Image("in0")[.., ..1, ..8, ..8].@float().narrow(0, 0, 1).clone(), Image("in1")[.., ..1, ..8, ..8].@float().narrow(0, 0, 1).clone());
        (made.requires_grad, target.requires_grad) = (true, true);
        var value = distance.Of(made, target);
        value.sum().backward();
        Assert.That((value.shape, value.min().ToDouble() > 0), Is.EqualTo((new long[] { 1 }, true)));
        Assert.That(made.grad!.abs().sum().ToDouble(), Is.Positive);
        Assert.That(target.grad, Is.Null);
    }

    [Test]
    public void Files_are_checked_before_they_are_read()
    {
        using var scope = torch.NewDisposeScope();
        var folder = Directory.CreateTempSubdirectory("dfx-perceptual-");
        try
        {
            var trunk = LpipsTests.Write(folder, "trunk", LpipsTrunk.Vgg16.Layers.Take(2).SelectMany(layer => new (string, long[])[]
            {
                (layer.Weight, [layer.Outputs, layer.Inputs, layer.Kernel, layer.Kernel]), (layer.Bias, [layer.Outputs]),
            }), 0.5f);
            var shape = new DataShape(3, 32, 32);
            Assert.That(() => PerceptualDistance.Check(shape, _ => null), Throws.TypeOf<NotApplicableException>().With.Message.Contain("dfx data add vgg16"));
            Assert.That(() => PerceptualDistance.Check(shape, id => id == "vgg16" ? trunk : null), Throws.TypeOf<NotApplicableException>().With.Message.Contain("dfx data add lpips-vgg-piq"));
            Assert.That(() => PerceptualDistance.Check(shape, _ => trunk), Throws.ArgumentException.With.Message.Contain("features.5.weight"));
            Assert.That(() => PerceptualDistance.Check(new(2, 32, 32), _ => trunk), Throws.TypeOf<NotApplicableException>().With.Message.Contain("1 or 3 channels"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>piq's file is a list of five, LPIPS's own a dict.</summary>
    [Test]
    public void Heads_are_a_list_or_a_dict()
    {
        using var scope = torch.NewDisposeScope();
        var folder = Directory.CreateTempSubdirectory("dfx-perceptual-");
        try
        {
            var trunk = LpipsTrunk.AlexNet;
            var body = LpipsTests.Write(folder, "trunk", trunk.Layers.SelectMany(layer => new (string, long[])[]
            {
                (layer.Weight, [layer.Outputs, layer.Inputs, layer.Kernel, layer.Kernel]), (layer.Bias, [layer.Outputs]),
            }), 0.5f);
            var shapes = trunk.Taps.Select(channels => new long[] { 1, channels, 1, 1 }).ToList();
            var dict = LpipsTests.Write(folder, "dict", shapes.Select((shape, tap) => (LpipsTrunk.Head(tap), shape)), 0.25f);
            var list = LpipsTests.WriteList(folder, "list", shapes, 0.25f);
            var four = LpipsTests.WriteList(folder, "four", shapes.Take(4), 0.25f);
            foreach (var heads in (string[])[dict, list])
            {
                using var weights = LpipsWeights.Load("heads", trunk, id => id == "alexnet" ? body : heads);
                Assert.That(Enumerable.Range(0, 5).Select(tap => weights.Tensors[LpipsTrunk.Head(tap)].sum().ToDouble()), Is.EqualTo(trunk.Taps.Select(channels => channels / 4.0)), heads);
                Assert.That(() => LpipsWeights.Check("heads", trunk, id => id == "alexnet" ? body : heads), Throws.Nothing);
            }

            Assert.That(() => LpipsWeights.Check("heads", trunk, id => id == "alexnet" ? body : four), Throws.TypeOf<TensorFileException>().With.Message.Contain("'4'"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Every part of piq's LPIPS(replace_pooling=True), [5, N].
    private static torch.Tensor Written(torch.Tensor x, torch.Tensor y)
    {
        var weights = Weights();
        var (mean, deviation) = (torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1), torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1));
        var (a, b) = ((((x + 1) / 2) - mean) / deviation, (((y + 1) / 2) - mean) / deviation);
        var (index, parts) = (0, new List<torch.Tensor>());
        for (var stage = 0; stage < s_widths.Length; stage++)
        {
            foreach (var width in s_widths[stage])
            {
                var (kernel, bias) = (weights[$"features.{index}.weight"].@double(), weights[$"features.{index}.bias"].@double());
                (a, b) = (Convolved(a, kernel, bias), Convolved(b, kernel, bias));
                Assert.That(a.shape[1], Is.EqualTo(width));
                index += 2;
            }

            var difference = (a / (a.pow(2).sum([1L], true).sqrt() + 1e-10)) - (b / (b.pow(2).sum([1L], true).sqrt() + 1e-10));
            parts.Add((difference.pow(2) * weights[LpipsTrunk.Head(stage)].@double()).mean([2L, 3]).sum([1L]));
            (a, b) = (Pooled(a), Pooled(b));
            index++;
        }

        return torch.stack(parts);
    }

    private static torch.Tensor Convolved(torch.Tensor x, torch.Tensor kernel, torch.Tensor bias) =>
        torch.nn.functional.conv2d(x, kernel, bias, [1L, 1], [1L, 1]).clamp_min(0);

    // The mean of the four pixels of each square.
    private static torch.Tensor Pooled(torch.Tensor x) => x.view(x.shape[0], x.shape[1], x.shape[2] / 2, 2, x.shape[3] / 2, 2).mean([3L, 5]);

    private static torch.Tensor Image(string name) => Golden.Network("lpips", name).to(torch.float64);

    private static Dictionary<string, torch.Tensor> Weights() => LpipsTests.Weights(LpipsTrunk.Vgg16);

    private static LpipsNet Network(LpipsTrunk trunk) => new(trunk, Weights(), torch.CPU, torch.float64);
}

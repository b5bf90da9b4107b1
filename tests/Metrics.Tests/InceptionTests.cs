using System.Text;
using Dfx.Metrics.Extractors.Inception;

namespace Dfx.Metrics.Tests;

/// <summary>The graph against torch-fidelity's, with weights that a formula gives: the same numbers mean the same graph.</summary>
public sealed class InceptionTests
{
    private Dictionary<string, torch.Tensor> _weights = null!;
    private InceptionNet _network = null!;

    [OneTimeSetUp]
    public void Fill()
    {
        _weights = InceptionPlan.Tensors.ToDictionary(tensor => tensor.Name, tensor => FormulaFill.Inception(tensor.Name, tensor.Shape));
        _network = new(_weights, torch.CPU);
    }

    [OneTimeTearDown]
    public void Release()
    {
        _network.Dispose();
        foreach (var weight in _weights.Values)
        {
            weight.Dispose();
        }
    }

    [Test]
    public void The_tensors_are_those_of_torch_fidelity()
    {
        using var scope = torch.NewDisposeScope();
        var names = Encoding.ASCII.GetString([.. Golden.Network("inception", "param_names_ascii").data<float>().ToArray().Select(c => (byte)c)]).Split('\n');
        var rows = Golden.Network("inception", "param_shape_first_last_sum");

        Assert.That(InceptionPlan.Tensors.Select(tensor => tensor.Name), Is.EquivalentTo(names));
        Assert.That(names, Has.Length.EqualTo(472));
        Assert.That(_weights.Values.Sum(weight => weight.numel()), Is.EqualTo(23_885_392));
        foreach (var (name, row) in names.Select((name, i) => (name, rows[i].data<double>().ToArray())))
        {
            var values = _weights[name].flatten();
            Assert.That(row.Take(4).Where(extent => extent > 0), Is.EqualTo(_weights[name].shape.Select(extent => (double)extent)), name);
            Assert.That(values[0].ToDouble(), Is.EqualTo(row[4]).Within(1e-12), name);
            Assert.That(values[-1].ToDouble(), Is.EqualTo(row[5]).Within(1e-12), name);
            Assert.That(values.to(torch.float64).sum().ToDouble(), Is.EqualTo(row[6]).Within(1e-6), name);
        }
    }

    [TestCase(64, "feat_64_f32graph")]
    [TestCase(192, "feat_192_f32graph")]
    [TestCase(768, "feat_768_f32graph")]
    [TestCase(2048, "feat_2048_f32graph")]
    public void Features_are_those_of_torch_fidelity(int layer, string golden)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var features = _network.Features(Input("images_u8"), layer);

        Assert.That(features.shape, Is.EqualTo(new long[] { 2, layer }));
        AssertNear(features, golden, 1e-4);
        if (layer == 2048)
        {
            AssertNear(_network.Logits(features), "feat_logits_unbiased_f32graph", 1e-4);
            AssertNear(_network.Logits(features, biased: true), "feat_logits_f32graph", 1e-4);
        }
    }

    [Test]
    public void In_double_precision_they_agree_to_the_last_digits()
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        using var exact = new InceptionNet(_weights, torch.CPU, torch.float64);
        var features = exact.Features(InceptionNet.Input(Golden.Network("inception", "images_u8").to(torch.float64)), 2048);

        // The golden numbers are rounded to float32.
        var input = InceptionNet.Input(Golden.Network("inception", "images_u8").to(torch.float64));
        AssertNear(exact.Features(input, 192), "feat_192_f64graph", 2e-7);
        AssertNear(exact.Features(input, 768), "feat_768_f64graph", 2e-7);
        AssertNear(features, "feat_2048_f64graph", 2e-7);
        AssertNear(exact.Logits(features), "feat_logits_unbiased_f64graph", 2e-7);
        AssertNear(exact.Logits(features, biased: true), "feat_logits_f64graph", 2e-7);
    }

    [Test]
    public void Images_need_not_be_square()
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        AssertNear(_network.Features(Input("odd_image_u8"), 64), "odd_feat_64_f64graph", 1e-4);
        AssertNear(_network.Features(Input("odd_image_u8"), 2048), "odd_feat_2048_f64graph", 1e-4);
    }

    [Test]
    public void Every_stage_has_its_shape()
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        List<string> shapes = [];
        _network.Features(Input("odd_image_u8"), 2048, (name, x) => shapes.Add($"{name} {string.Join('x', x.shape)}"));

        Assert.That(shapes, Is.EqualTo(new[]
        {
            "Conv2d_1a_3x3 1x32x149x149", "Conv2d_2a_3x3 1x32x147x147", "Conv2d_2b_3x3 1x64x147x147", "MaxPool_1 1x64x73x73",
            "Conv2d_3b_1x1 1x80x73x73", "Conv2d_4a_3x3 1x192x71x71", "MaxPool_2 1x192x35x35", "Mixed_5b 1x256x35x35", "Mixed_5c 1x288x35x35",
            "Mixed_5d 1x288x35x35", "Mixed_6a 1x768x17x17", "Mixed_6b 1x768x17x17", "Mixed_6c 1x768x17x17", "Mixed_6d 1x768x17x17",
            "Mixed_6e 1x768x17x17", "Mixed_7a 1x1280x8x8", "Mixed_7b 1x2048x8x8", "Mixed_7c 1x2048x8x8",
        }));
    }

    [Test]
    public void The_resize_is_that_of_TensorFlow_1()
    {
        using var scope = torch.NewDisposeScope();
        var line = TensorflowResize.To(torch.tensor(new double[] { 0, 10, 20 }, [1, 1, 1, 3]), 6);
        Assert.That(line[0, 0, 0].data<double>().ToArray(), Is.EqualTo(new double[] { 0, 5, 10, 15, 20, 20 }));

        var image = Golden.Network("inception", "images_u8").narrow(0, 0, 1);
        var (single, exact) = (TensorflowResize.To(image, 299)[0], TensorflowResize.To(image.to(torch.float64), 299)[0]);
        AssertWithin(single.narrow(1, 0, 2), "resize_img0_rows0_1_f32", 1e-3);
        AssertWithin(exact.narrow(1, 0, 2), "resize_img0_rows0_1_f64", 1e-9);
        AssertWithin(torch.stack([exact.select(1, 150), exact.select(1, 298)], 1), "resize_img0_rows150_298_f64", 1e-9);
        AssertWithin(exact.sum([1L, 2L]), "resize_img0_channel_sums_f64", 1e-5);
        Assert.That(TensorflowResize.To(exact.unsqueeze(0), 299).eq(exact.unsqueeze(0)).all().ToBoolean(), Is.True, "299 pixels stay as they are");
    }

    [Test]
    public void Large_images_alias()
    {
        using var scope = torch.NewDisposeScope();
        var size = Golden.Network("inception", "resize_down_in_hw").data<double>().ToArray();
        var image = torch.zeros([1, 3, (long)size[0], (long)size[1]], dtype: torch.float64);
        image.narrow(2, 0, 3).copy_(Golden.Network("inception", "resize_down_in_rows0_2_u8"));
        var resized = TensorflowResize.To(image, 299)[0];

        AssertWithin(resized.select(1, 0), "resize_down_row0_f64", 1e-9);
        AssertWithin(resized.select(1, 1), "resize_down_row1_f64", 1e-9);
    }

    [Test]
    public void Bytes_become_the_values_of_the_network()
    {
        using var scope = torch.NewDisposeScope();
        var input = InceptionNet.Input(torch.tensor(new float[] { 0, 128, 255 }, [1, 3, 1, 1]));

        Assert.That(input.shape, Is.EqualTo(new long[] { 1, 3, 299, 299 }));
        Assert.That(input.select(2, 7).select(2, 7).flatten().data<float>().ToArray(), Is.EqualTo(new[] { -1, 0, 0.9921875f }));
    }

    private static torch.Tensor Input(string images) => InceptionNet.Input(Golden.Network("inception", images));

    private static void AssertNear(torch.Tensor actual, string golden, double relative)
    {
        var expected = Golden.Network("inception", golden).to(torch.float64);
        AssertWithin(actual, golden, relative * expected.abs().max().ToDouble());
    }

    private static void AssertWithin(torch.Tensor actual, string golden, double tolerance)
    {
        var expected = Golden.Network("inception", golden).to(torch.float64);
        Assert.That(actual.shape, Is.EqualTo(expected.shape), golden);
        var error = (actual.to(torch.float64) - expected).abs().max().ToDouble();
        TestContext.Out.WriteLine($"{golden}: off by {error:E2}, allowed {tolerance:E2}");
        Assert.That(error, Is.LessThanOrEqualTo(tolerance), golden);
    }
}

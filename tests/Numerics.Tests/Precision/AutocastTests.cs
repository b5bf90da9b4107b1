namespace Dfx.Numerics.Tests.Precision;

/// <summary>Regions of mixed precision, where the tensor library has them.</summary>
public sealed class AutocastTests
{
    private DisposeScope? _scope;

    [SetUp]
    public void Open()
    {
        Assume.That(Autocast.IsSupported, "the tensor library cannot cast automatically");
        _scope = torch.NewDisposeScope();
    }

    [TearDown]
    public void Close() => _scope?.Dispose();

    [Test]
    public void Products_run_in_bfloat16_inside_and_in_float32_outside()
    {
        using (Autocast.Region(DeviceType.CPU))
        {
            Assert.That(Product(), Is.EqualTo(torch.bfloat16));
        }

        Assert.That(Product(), Is.EqualTo(torch.float32));
    }

    [Test]
    public void A_region_inside_another_gives_the_outer_one_back()
    {
        using (Autocast.Region(DeviceType.CPU))
        {
            using (Autocast.Region(DeviceType.CPU))
            {
            }

            Assert.That(Product(), Is.EqualTo(torch.bfloat16));
        }
    }

    [Test]
    public void A_region_that_ends_twice_leaves_a_later_one_alone()
    {
        var first = Autocast.Region(DeviceType.CPU);
        first.Dispose();
        using (Autocast.Region(DeviceType.CPU))
        {
            first.Dispose();
            Assert.That(Product(), Is.EqualTo(torch.bfloat16));
        }
    }

    // bfloat16 has 8 bits: the gradient of a mean of squares agrees with float32 to about a percent, and stays in float32.
    [Test]
    public void A_step_in_mixed_precision_has_nearly_the_gradients_of_one_in_float32()
    {
        torch.manual_seed(5);
        using var net = torch.nn.Sequential(torch.nn.Conv2d(2, 8, 3, padding: 1), torch.nn.SiLU(), torch.nn.Conv2d(8, 2, 3, padding: 1));
        var x = torch.randn(4, 2, 8, 8);
        var exact = Gradients(net, x, mixed: false);
        var rounded = Gradients(net, x, mixed: true);
        Assert.That(rounded, Has.All.Matches<torch.Tensor>(g => g.dtype == torch.float32));
        foreach (var (a, b) in exact.Zip(rounded))
        {
            Assert.That((a - b).norm().ToDouble(), Is.LessThan(0.03 * a.norm().ToDouble()).And.GreaterThan(0));
        }
    }

    private static List<torch.Tensor> Gradients(torch.nn.Module<torch.Tensor, torch.Tensor> net, torch.Tensor x, bool mixed)
    {
        net.zero_grad();
        Loss(net, x, mixed).backward();
        return [.. net.parameters().Select(p => p.grad!.clone())];
    }

    private static torch.Tensor Loss(torch.nn.Module<torch.Tensor, torch.Tensor> net, torch.Tensor x, bool mixed)
    {
        using var region = mixed ? Autocast.Region(DeviceType.CPU) : null;
        return net.call(x).to(torch.float32).square().mean();
    }

    private static torch.ScalarType Product() => torch.matmul(torch.ones(4, 4), torch.ones(4, 4)).dtype;
}

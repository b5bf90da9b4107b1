using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients;

/// <summary>Gradients pass through conversions of the dtype in the dtype of the input, and not at all through integers.</summary>
public sealed class ConversionGradientTests
{
    [Test]
    public void A_conversion_to_single_precision_passes_the_gradient_on() => PassesOn(x => x.@float());

    [Test]
    public void A_conversion_to_brain_floats_passes_the_gradient_on() => PassesOn(x => x.bfloat16());

    [Test]
    public void A_conversion_to_integers_ends_the_graph()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.5, 2.5], requires_grad: true);
        Assert.That(new[] { x.@long(), x.@int(), x.@byte(), x.@bool() }.Select(y => y.requires_grad), Is.All.False);
    }

    private static void PassesOn(Func<Tensor, Tensor> convert)
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.5, -2.5], requires_grad: true);
        var weights = tensor([3.0, 0.25]);
        (convert(x).@double() * weights).sum().backward();
        Assert.That(x.grad!.dtype, Is.EqualTo(float64));
        Assert.That(x.grad!.data<double>(), Is.EqualTo([3.0, 0.25]));
    }
}

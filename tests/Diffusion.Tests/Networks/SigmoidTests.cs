using System.Runtime.Intrinsics;

namespace Dfx.Diffusion.Tests.Networks;

/// <summary>The numbers inside the norm's passes, against float64 and libtorch's conversions.</summary>
[TestFixture]
internal sealed class SigmoidTests
{
    [Test]
    public void The_exponential_is_within_two_units_in_the_last_place()
    {
        var worst = 0.0;
        for (var x = -87f; x < 88; x += 0.0007f)
        {
            var exact = Math.Exp(x);
            worst = Math.Max(worst, Math.Abs(Sigmoid.Exp(Vector256.Create(x))[0] - exact) / exact);
        }

        Assert.That(worst, Is.LessThan(2 * 1.2e-7));
    }

    [TestCase(-1000f, 0)]
    [TestCase(1000f, 1)]
    [TestCase(float.NegativeInfinity, 0)]
    [TestCase(float.PositiveInfinity, 1)]
    [TestCase(0f, 0.5)]
    public void The_ends_are_0_and_1(float x, double expected) =>
        Assert.That(Sigmoid.Of(Vector256.Create(x))[3], Is.EqualTo(expected).Within(1e-37));

    [Test]
    public unsafe void Bfloat16_is_rounded_as_libtorch_does_it()
    {
        using var scope = torch.NewDisposeScope();
        float[] values = [1, 1.00390625f, 1.01171875f, -3.14159f, 1e-40f, 3.4e38f, float.NegativeInfinity, float.NaN];
        var expected = torch.tensor(values).to(torch.bfloat16).@float().data<float>().ToArray();
        var stored = stackalloc ushort[8];
        Bfloat16Element.Store(Vector256.Create(values), stored, 0);
        var loaded = Bfloat16Element.Load(stored, 0);
        Assert.That(Enumerable.Range(0, 8).Select(i => loaded[i]), Is.EqualTo(expected));
    }
}

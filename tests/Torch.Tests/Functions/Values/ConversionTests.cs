using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class ConversionTests : TensorTests
{
    // Eight bits of precision: the spacing above 1 is 2^-7, halves go to the even neighbour.
    [TestCase(1 + (1 / 256.0), 1)]
    [TestCase(1 + (3 / 256.0), 1 + (4 / 256.0))]
    [TestCase(1 + (1.01 / 256.0), 1 + (2 / 256.0))]
    [TestCase(-1.2345, -1.234375)]
    [TestCase(3.3895313892515355e38, 3.3895313892515355e38)]
    [TestCase(3.4e38, double.PositiveInfinity)]
    [TestCase(double.NaN, double.NaN)]
    public void Brain_floats_round_to_the_nearest(double value, double expected) =>
        Assert.That(tensor([(float)value]).bfloat16().ToDouble(), Is.EqualTo(expected));

    [Test]
    public void Brain_floats_are_the_upper_half_of_single_precision()
    {
        var x = randn(100, generator: Random).bfloat16();
        var bits = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(x.bytes).ToArray();
        Assert.That(x.@float().data<float>(), Is.EqualTo(bits.Select(b => BitConverter.UInt32BitsToSingle((uint)b << 16))));
    }

    [Test]
    public void Brain_floats_add_up_in_higher_precision() =>
        Assert.That(ones(1000, bfloat16).sum(float32).ToDouble(), Is.EqualTo(1000));

    [Test]
    public void Reals_are_cut_off_towards_zero()
    {
        var x = tensor([1.9, -1.9, 0]);
        Assert.That(
            (Longs(x.@long()), x.@int().data<int>().ToArray(), Bools(x.@bool())),
            Is.EqualTo((new long[] { 1, -1, 0 }, new[] { 1, -1, 0 }, new[] { true, true, false })));
        Assert.That(tensor([200, 255]).@byte().data<byte>(), Is.EqualTo(new byte[] { 200, 255 }));
    }

    [Test]
    public void Conversions_go_by_dtype_device_or_example()
    {
        var x = tensor([1, 2]);
        Assert.That(
            new[] { x.to(float64), x.to(float64, CPU), x.to(ones(1, float64)), x.@double(), x.to_type(float64) }
                .Select(y => y.dtype),
            Is.All.EqualTo(float64));
        Assert.That(x.type_as(ones(1, float64)).dtype, Is.EqualTo(float64));
        Assert.That((x.cpu().device_type, x.to(CPU).dtype), Is.EqualTo((DeviceType.CPU, int32)));
    }

    [Test]
    public void Copying_converts()
    {
        var x = zeros(3, int64);
        x.copy_(tensor([1.5, 2, -3.9]));
        Assert.That(Longs(x), Is.EqualTo([1L, 2, -3]));
    }

    [Test]
    public void The_source_can_be_disposed_with_the_conversion()
    {
        var x = zeros(2);
        var y = x.to(float64, disposeAfter: true);
        Assert.That((x.IsInvalid, y.dtype), Is.EqualTo((true, float64)));
        var z = y.to(float64, disposeAfter: true);
        Assert.That((y.IsInvalid, z.sum().ToDouble()), Is.EqualTo((true, 0.0)));
    }

    [Test]
    public void Kinds_of_dtype()
    {
        Assert.That(
            (
                zeros(1).is_floating_point(),
                zeros(1, bfloat16).is_floating_point(),
                zeros(1, int32).is_integral(),
                zeros(1, ScalarType.Bool).is_integral()),
            Is.EqualTo((true, true, true, false)));
        Assert.That(
            (zeros(1, ScalarType.ComplexFloat32).is_complex(), zeros(1, float64).element_size(), zeros(1, bfloat16).ElementSize),
            Is.EqualTo((true, 8L, 2L)));
    }
}

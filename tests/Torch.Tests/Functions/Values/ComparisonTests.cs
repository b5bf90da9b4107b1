using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class ComparisonTests : TensorTests
{
    private static readonly double[] s_left = [1, 2, 3, double.NaN];
    private static readonly double[] s_right = [2, 2, 2, double.NaN];

    [Test]
    public void Tensors_are_compared_element_by_element()
    {
        var (x, y) = (tensor(s_left), tensor(s_right));
        Same(x < y, [true, false, false, false], x.lt(y));
        Same(x <= y, [true, true, false, false], x.le(y));
        Same(x > y, [false, false, true, false], x.gt(y));
        Same(x >= y, [false, true, true, false], x.ge(y));
        Same(x == y, [false, true, false, false], x.eq(y));
        Same(x != y, [true, false, true, true], x.ne(y));
    }

    [Test]
    public void A_number_can_stand_on_either_side()
    {
        var x = tensor(s_left);
        Same(x < 2, [true, false, false, false], 2 > x, x.lt(2));
        Same(x <= 2, [true, true, false, false], 2 >= x, x.le(2));
        Same(x > 2, [false, false, true, false], 2 < x, x.gt(2));
        Same(x >= 2, [false, true, true, false], 2 <= x, x.ge(2));
        Same(x == 2, [false, true, false, false], 2 == x, x.eq(2));
        Same(x != 2, [true, false, true, true], 2 != x, x.ne(2));
    }

    [Test]
    public void An_integer_tensor_is_compared_with_a_real_number_exactly() => Same(tensor([1L, 2]) < 1.5, [true, false]);

    [Test]
    public void Truth_values_combine()
    {
        var (x, y) = (tensor([true, true, false, false]), tensor([true, false, true, false]));
        Same(x & y, [true, false, false, false], x.logical_and(y), x.bitwise_and(y));
        Same(x | y, [true, true, true, false], x.logical_or(y), x.bitwise_or(y));
        Same(x ^ y, [false, true, true, false], x.logical_xor(y), x.bitwise_xor(y));
        Same(~x, [false, false, true, true], x.logical_not(), x.bitwise_not());
    }

    [Test]
    public void Bits_of_integers_combine()
    {
        var (x, y) = (tensor([12L, -1, 5]), tensor([10L, 255, 3]));
        Assert.That(Longs(x & y), Is.EqualTo([12L & 10, 255, 1]));
        Assert.That(Longs(x | y), Is.EqualTo([14L, -1, 7]));
        Assert.That(Longs(x ^ y), Is.EqualTo([6L, -256, 6]));
        Assert.That(Longs(~x), Is.EqualTo([-13L, 0, -6]));
        Assert.That((~tensor(new byte[] { 1 })).data<byte>(), Is.EqualTo(new byte[] { 254 }));
    }

    [Test]
    public void Special_values_are_recognised()
    {
        var x = tensor([1, double.NaN, double.PositiveInfinity, double.NegativeInfinity]);
        Same(x.isnan(), [false, true, false, false], torch.isnan(x));
        Same(x.isinf(), [false, false, true, true], torch.isinf(x));
        Same(x.isfinite(), [true, false, false, false], torch.isfinite(x));
    }

    [Test]
    public void Closeness_is_relative_to_the_second()
    {
        var (x, y) = (tensor([100.0, 1, double.NaN]), tensor([101.0, 1.1, double.NaN]));
        Same(x.isclose(y, 0.01), [true, false, false]);
        Same(x.isclose(y, 0, 0.5, true), [false, true, true]);
        Assert.That((x.allclose(y), x.allclose(x), x.allclose(x, equal_nan: true)), Is.EqualTo((false, false, true)));
    }

    [Test]
    public void Equality_of_whole_tensors_needs_shape_and_elements()
    {
        var x = tensor([1.0, 2]);
        Assert.That((x.Equals(tensor([1.0, 2])), x.Equals(tensor([1.0, 3])), x.Equals(x.view(2, 1))), Is.EqualTo((true, false, false)));
        Assert.That(x.Equals((object?)null), Is.False);
    }

    [Test]
    public void Any_and_all_look_along_dimensions()
    {
        var x = from_array(new[,] { { true, false }, { true, true } });
        Assert.That((x.any().ToBoolean(), x.all().ToBoolean()), Is.EqualTo((true, false)));
        Same(x.all(1), [false, true], torch.all(x, 1, true).flatten());
        Same(x.any(0), [true, true], torch.any(x, 0));
    }

    private static void Same(Tensor actual, bool[] expected, params Tensor[] others)
    {
        Assert.That(Bools(actual), Is.EqualTo(expected));
        Assert.That(others.Select(Bools), Is.All.EqualTo(expected));
    }
}

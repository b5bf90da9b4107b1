using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class RoundingTests : TensorTests
{
    [Test]
    public void Halves_go_to_the_even_neighbour() => Close(tensor([0.5, 1.5, 2.5, -0.5, -1.5]).round(), [0, 2, 2, 0, -2]);

    [Test]
    public void Quotients_are_rounded_as_asked()
    {
        var (x, y) = (tensor([7.0, -7, 7, -7]), tensor([2.0, 2, -2, -2]));
        Close(x.div(y, RoundingMode.floor), [3, -4, -4, 3]);
        Close(x.div(y, RoundingMode.trunc), [3, -3, -3, 3]);
        Close(x.floor_divide(y), [3, -4, -4, 3]);
        Close(x.clone().div_(2, RoundingMode.floor), [3, -4, 3, -4]);
    }

    [Test]
    public void Integers_divided_with_rounding_stay_integers()
    {
        var x = tensor([7L, -7]);
        Assert.That(Longs(x.floor_divide(2)), Is.EqualTo([3L, -4]));
        Assert.That(Longs(x.div(2, RoundingMode.trunc)), Is.EqualTo([3L, -3]));
        Close(x / 2, [3.5, -3.5]);
    }

    [Test]
    public void A_remainder_has_the_sign_of_the_divisor_and_fmod_that_of_the_dividend()
    {
        var (x, y) = (tensor([7.0, -7, 7, -7]), tensor([3.0, 3, -3, -3]));
        Close(x % y, [1, 2, -2, -1]);
        Close(x.fmod(y), [1, -1, 1, -1]);
        Assert.That(Longs(tensor([-7L]) % 3), Is.EqualTo([2L]));
    }

    [TestCase(ScalarType.Float64, 1.7976931348623157e308)]
    [TestCase(ScalarType.Float32, 3.4028234663852886e38)]
    [TestCase(ScalarType.BFloat16, 3.3895313892515355e38)]
    public void Infinities_become_the_largest_finite_values(ScalarType type, double most)
    {
        var x = tensor([double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1], type);
        Assert.That(Doubles(x.nan_to_num()), Is.EqualTo([0, most, -most, 1]));
        Assert.That(Doubles(x.nan_to_num(5, 6, 7)), Is.EqualTo([5.0, 6, 7, 1]));
    }
}

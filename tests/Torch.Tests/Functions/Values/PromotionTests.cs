using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

/// <summary>Which dtype a result has: categories bool, integer, real, complex; numbers and 0-d tensors raise only the category.</summary>
public sealed class PromotionTests : TensorTests
{
    [TestCase(ScalarType.Int64, ScalarType.Float32, ScalarType.Float32)]
    [TestCase(ScalarType.Int32, ScalarType.Int64, ScalarType.Int64)]
    [TestCase(ScalarType.Byte, ScalarType.Int8, ScalarType.Int16)]
    [TestCase(ScalarType.Bool, ScalarType.Byte, ScalarType.Byte)]
    [TestCase(ScalarType.BFloat16, ScalarType.Float16, ScalarType.Float32)]
    [TestCase(ScalarType.BFloat16, ScalarType.Int64, ScalarType.BFloat16)]
    [TestCase(ScalarType.Float32, ScalarType.Float64, ScalarType.Float64)]
    [TestCase(ScalarType.Float64, ScalarType.ComplexFloat32, ScalarType.ComplexFloat64)]
    public void Two_tensors(ScalarType left, ScalarType right, ScalarType expected)
    {
        Assert.That((ones(2, left) + ones(2, right)).dtype, Is.EqualTo(expected));
        Assert.That((ones(2, right) * ones(2, left)).dtype, Is.EqualTo(expected));
    }

    [TestCase(ScalarType.Int32, ScalarType.Int32)]
    [TestCase(ScalarType.Byte, ScalarType.Byte)]
    [TestCase(ScalarType.Bool, ScalarType.Int64)]
    [TestCase(ScalarType.BFloat16, ScalarType.BFloat16)]
    public void An_integer_keeps_every_dtype_but_bool(ScalarType type, ScalarType expected)
    {
        var x = ones(2, type);
        Assert.That(new[] { x + 1, x + 1L, 1 * x, x.add(1), x % 1 }.Select(y => y.dtype), Is.All.EqualTo(expected));
    }

    [TestCase(ScalarType.Int64, ScalarType.Float32)]
    [TestCase(ScalarType.Bool, ScalarType.Float32)]
    [TestCase(ScalarType.Float32, ScalarType.Float32)]
    [TestCase(ScalarType.BFloat16, ScalarType.BFloat16)]
    [TestCase(ScalarType.Float64, ScalarType.Float64)]
    public void A_real_number_makes_integers_single_precision(ScalarType type, ScalarType expected)
    {
        var x = ones(2, type);
        Assert.That(new[] { x + 1.5, x + 1.5f, 1.5 * x, x.mul(1.5), 1.5 / x, x / 2.0 }.Select(y => y.dtype), Is.All.EqualTo(expected));
    }

    [Test]
    public void A_truth_value_keeps_bool() => Assert.That(ones(2, ScalarType.Bool).mul(true).dtype, Is.EqualTo(ScalarType.Bool));

    [Test]
    public void A_tensor_without_dimensions_raises_only_the_category()
    {
        Assert.That((ones(2, float32) + tensor(1.0)).dtype, Is.EqualTo(float32));
        Assert.That((ones(2, int32) + tensor(1L)).dtype, Is.EqualTo(int32));
        Assert.That((ones(2, int32) + tensor(1.0)).dtype, Is.EqualTo(float64));
        Assert.That((tensor(1f) + tensor(1.0)).dtype, Is.EqualTo(float64));
    }

    [Test]
    public void Functions_of_reals_make_integers_single_precision()
    {
        var x = tensor([1, 2, 4]);
        Assert.That(new[] { x / x, x.exp(), x.sqrt(), x / 2, x.sigmoid(), 1 / x }.Select(y => y.dtype), Is.All.EqualTo(float32));
        Close(1 / x, [1, 0.5, 0.25]);
    }

    [Test]
    public void Sums_of_integers_are_int64()
    {
        foreach (var type in new[] { ScalarType.Byte, ScalarType.Int32, ScalarType.Bool })
        {
            var x = ones(300, type);
            Assert.That(
                new[] { x.sum(), x.cumsum(0)[-1], x.sum(-1), x.count_nonzero() }.Select(y => (y.dtype, y.ToInt64())),
                Is.All.EqualTo((int64, 300)));
        }
    }

    [Test]
    public void A_sum_can_be_taken_in_another_dtype()
    {
        var x = full(4, 1e30f, float32) * 1e8f;
        Assert.That((x.sum().ToDouble(), x.sum(float64).dtype), Is.EqualTo((double.PositiveInfinity, float64)).Or.EqualTo((4e38, float64)));
        Assert.That(tensor([1, 2]).mean([0], type: float64).ToDouble(), Is.EqualTo(1.5));
    }

    [Test]
    public void Comparisons_give_bool() => Assert.That((tensor([1]) < 1.5).dtype, Is.EqualTo(ScalarType.Bool));

    [Test]
    public void In_place_the_dtype_stays() => Assert.That(ones(2, float32).add_(tensor([1.0, 2.0])).dtype, Is.EqualTo(float32));
}

using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class FactoryTests : TensorTests
{
    [Test]
    public void Constants_are_single_precision_unless_told_otherwise()
    {
        Assert.That(
            new[] { zeros(2), ones(2, 3), empty(1), full(2, 7), rand(1), randn(1), linspace(0, 1, 3), eye(2) }.Select(t => t.dtype),
            Is.All.EqualTo(float32));
        Assert.That(
            (full(2, 7, int64).dtype, zeros([2], ScalarType.Bool).dtype, eye(2, dtype: float64).dtype),
            Is.EqualTo((int64, ScalarType.Bool, float64)));
        Close(full(2, 2, 7.5), [7.5, 7.5, 7.5, 7.5]);
    }

    [Test]
    public void Shapes_are_given_as_numbers_arrays_or_spans()
    {
        Assert.That(
            new[]
            {
                zeros(1, 2, 3, 4), ones(1, 2, 3, 4), full(1, 2, 3, 4, 0), empty([1, 2, 3, 4]), rand(1, 2, 3, 4),
                randn(new long[] { 1, 2, 3, 4 }),
            }
                .Select(t => t.shape),
            Is.All.EqualTo(new long[] { 1, 2, 3, 4 }));
        Assert.That(
            (zeros(Array.Empty<long>()).shape, zeros(0).shape, ones(1, 2, 3).shape),
            Is.EqualTo((Array.Empty<long>(), new long[] { 0 }, new long[] { 1, 2, 3 })));
    }

    [Test]
    public void Ranges_leave_the_end_out()
    {
        Assert.That(
            (Longs(arange(4)), Longs(arange(2, 5)), Longs(arange(5, 0, -2))),
            Is.EqualTo((new long[] { 0, 1, 2, 3 }, new long[] { 2, 3, 4 }, new long[] { 5, 3, 1 })));
        Assert.That((arange(4).dtype, arange(0, 1.0, 0.25).dtype, arange(3, float64).dtype), Is.EqualTo((int64, float32, float64)));
        Close(arange(0, 1.0, 0.25), [0, 0.25, 0.5, 0.75]);
        Assert.That(arange(0).shape, Is.EqualTo([0L]));
    }

    [Test]
    public void Spaced_numbers_include_both_ends()
    {
        Close(linspace(-1, 1, 5), [-1, -0.5, 0, 0.5, 1]);
        Close(linspace(3, 9, 1, float64), [3]);
        Close(logspace(0, 3, 4, dtype: float64), [1, 10, 100, 1000]);
        Close(logspace(0, 3, 4, 2, float64), [1, 2, 4, 8]);
    }

    [Test]
    public void Diagonals_of_one()
    {
        Close(eye(2), [1, 0, 0, 1]);
        Close(eye(2, 3), [1, 0, 0, 0, 1, 0]);
    }

    [Test]
    public void Likenesses_take_shape_and_dtype()
    {
        var x = zeros(2, 3, int32);
        Assert.That(
            new[] { zeros_like(x), ones_like(x), full_like(x, 4), empty_like(x), x.zeros_like(), x.ones_like() }
                .Select(t => (t.shape.Length, t.shape[1], t.dtype)),
            Is.All.EqualTo((2, 3L, int32)));
        Assert.That(
            (ones_like(x, float64).dtype, randn_like(zeros(2, float64)).dtype, rand_like(x, float32).dtype),
            Is.EqualTo((float64, float64, float32)));
        Assert.That(full_like(x, 4).sum().ToInt64(), Is.EqualTo(24));
    }

    [Test]
    public void New_tensors_can_require_gradients()
    {
        Assert.That(
            new[]
            {
                zeros(2, requires_grad: true), rand(2, requires_grad: true), tensor([1.0], requires_grad: true),
                linspace(0, 1, 2, requires_grad: true),
            }.Select(t => (t.requires_grad, t.is_leaf)),
            Is.All.EqualTo((true, true)));
        Assert.That(zeros(2).requires_grad, Is.False);
    }

    [Test]
    public void Dimensions_have_no_names() => Assert.That(() => zeros(2, names: ["x"]), Throws.InstanceOf<NotSupportedException>());
}

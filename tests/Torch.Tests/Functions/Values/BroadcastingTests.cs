using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class BroadcastingTests : TensorTests
{
    [Test]
    public void Extents_of_one_are_repeated_from_the_last_dimension_on()
    {
        var (x, y) = (Normal(2, 1, 3), Normal(4, 1));
        var sum = x + y;
        Assert.That(sum.shape, Is.EqualTo([2L, 4, 3]));
        var (a, b, c) = (x.data<double>(), y.data<double>(), sum.data<double>());
        for (var i = 0; i < 24; i++)
        {
            Assert.That(c[i / 12, i / 3 % 4, i % 3], Is.EqualTo(a[i / 12, 0, i % 3] + b[i / 3 % 4, 0]));
        }
    }

    [Test]
    public void A_number_without_dimensions_meets_any_shape() => Assert.That((Normal(2, 3) * tensor(2.0)).shape, Is.EqualTo([2L, 3]));

    [Test]
    public void An_extent_of_one_becomes_zero_beside_zero() => Assert.That((zeros(0, 3) + zeros(1, 3)).shape, Is.EqualTo([0L, 3]));

    [Test]
    public void In_place_the_left_side_keeps_its_shape()
    {
        var x = zeros(2, 3);
        Close(x.add_(tensor([1.0, 2, 3])), [1, 2, 3, 1, 2, 3]);
        Assert.That(() => zeros(3).add_(zeros(2, 3)), Throws.InstanceOf<System.Runtime.InteropServices.ExternalException>());
    }

    [Test]
    public void Tensors_are_broadcast_together_as_views()
    {
        var both = broadcast_tensors(tensor([1.0, 2]), zeros([3, 1], float64));
        Assert.That(both.Select(t => t.shape), Is.All.EqualTo(new long[] { 3, 2 }));
        Assert.That(both[0].stride(), Is.EqualTo([0L, 1]));
        Close(both[0], [1, 2, 1, 2, 1, 2]);
    }
}

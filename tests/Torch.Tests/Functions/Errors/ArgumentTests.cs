using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Errors;

/// <summary>What the binding does not offer, or cannot make sense of, is refused before libtorch is called.</summary>
public sealed class ArgumentTests : TensorTests
{
    [Test]
    public void Options_that_are_not_bound_are_refused()
    {
        var x = zeros(1, 1, 2, 2);
        Refuses(() => x.amax([0], false, x));
        Refuses(() => x.amin([0], false, x));
        Refuses(() => x.unique(dim: 0));
        Refuses(() => searchsorted(x, x, true));
        Refuses(() => linalg.solve_triangular(x, x, true, @out: x));
        Refuses(() => F.dropout(x, inplace: true));
        Refuses(() => F.elu(x, 1, true));
        Refuses(() => F.leaky_relu(x, 0.1, true));
        Assert.That(() => x.round(2), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void An_image_is_resized_to_a_size_or_by_a_factor()
    {
        var x = zeros(1, 1, 2, 2);
        Assert.That(() => F.interpolate(x), Throws.ArgumentException);
        Assert.That(() => F.interpolate(x, [4, 4], [2.0]), Throws.ArgumentException);
    }

    [Test]
    public void Antialias_goes_with_bilinear_or_bicubic() =>
        Assert.That(() => F.interpolate(zeros(1, 1, 2, 2), [4, 4], antialias: true), Throws.ArgumentException);

    [Test]
    public void A_dimension_that_is_not_there_has_no_extent() => Assert.That(() =>
        zeros(2).size(1), Throws.InstanceOf<IndexOutOfRangeException>());

    private static void Refuses(Action call) => Assert.That(() => call(), Throws.InstanceOf<NotSupportedException>());
}

using System.Runtime.InteropServices;
using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions;

/// <summary>Traps that the binding once fell into; each comment says what the trap is.</summary>
public sealed class TrapTests : TensorTests
{
    // The literal 0 converts to ScalarType.Byte, so sum(ScalarType?) wins over sum(long, ...): a total in uint8.
    [Test]
    public void A_literal_zero_names_a_dimension()
    {
        Close(full(2, 3, 100, float64).sum(0), [200, 200, 200]);
        Close(full(2, 3, 100, float64).prod(0), [1e4, 1e4, 1e4]);
        Close(torch.sum(full(2, 3, 100, float64), 0), [200, 200, 200]);
        Close(torch.prod(full(2, 3, 100, float64), 0), [1e4, 1e4, 1e4]);
    }

    // div_ is copy_(div(...)): the copy overwrites what the graph of div has saved.
    [Test]
    public void A_quotient_rounded_in_place_can_be_differentiated()
    {
        var x = tensor([0.3, 2.5], requires_grad: true);
        var y = tensor([0.7, 1.0], requires_grad: true);
        x.clone().div_(y, RoundingMode.floor).sum().backward();
        Close(x.grad!, [0, 0]);
    }

    // Likewise: copy_ converts, where libtorch refuses a real quotient in an integer tensor.
    [Test]
    public void A_real_quotient_does_not_fit_into_integers() =>
        Assert.That(() => tensor([7L]).div_(2.5, RoundingMode.floor), Throws.InstanceOf<ExternalException>());

    // libtorch 1.13 reads the first byte of each element of the mask: 1f looks like false.
    [Test]
    public void A_mask_of_numbers_is_refused() =>
        Assert.That(() => zeros(2).masked_fill(tensor([1f, 0]), 5), Throws.InstanceOf<ExternalException>());

    // "most" is that of bfloat16 for every dtype but float32 and float64, which overflows in float16.
    [Test]
    public void Infinity_becomes_the_largest_half() =>
        Close(tensor([double.PositiveInfinity], ScalarType.Float16).nan_to_num(), [65504]);

    // item<bool> goes through item<long>, which cuts the fraction off; ToBoolean does not.
    [Test]
    public void A_fraction_is_true() => Assert.That(tensor(0.5).ToBoolean(), Is.True);

    // The docstring of Equals says "shape, dtype and every element"; at::equal compares values.
    [Test]
    public void Tensors_of_two_dtypes_are_not_equal() => Assert.That(tensor([1.0]).Equals(tensor([1f])), Is.False);

    // ^0 becomes the index -0.
    [Test]
    public void The_place_behind_the_last_is_not_the_first()
    {
        Assert.That(arange(4)[^0..].shape, Is.EqualTo([0L]));
        Assert.That(() => arange(4)[^0], Throws.InstanceOf<ExternalException>().Or.InstanceOf<ArgumentOutOfRangeException>());
    }

    // The shim drops keepdim where no dimension is named; sum, amax and logsumexp keep it.
    [Test]
    public void Spread_over_all_dimensions_keeps_them_if_asked() => Assert.That(zeros(2, 3).var([], true, true).shape, Is.EqualTo([1L, 1]));

    // interpolate promises an ArgumentException when "the mode does not know an option".
    [Test]
    public void Options_of_other_modes_are_refused()
    {
        var x = zeros(1, 1, 2, 2);
        Assert.That(() => F.interpolate(x, [4, 4], mode: InterpolationMode.Area, antialias: true), Throws.ArgumentException);
        Assert.That(() => F.interpolate(x, [4, 4], mode: InterpolationMode.Area, align_corners: true), Throws.ArgumentException);
        Assert.That(() => F.interpolate(x, [4, 4], mode: InterpolationMode.Nearest, align_corners: true), Throws.ArgumentException);
    }

    // Their fault walls get no inputs.
    [Test]
    public void Errors_of_lists_with_several_results_name_the_shapes()
    {
        Assert.That(
            () => broadcast_tensors(zeros(2), zeros(3)),
            Throws.InstanceOf<ExternalException>().With.Message.StartsWith("broadcast_tensors(Float[2], Float[3])"));
        Assert.That(
            () => meshgrid([zeros(2, 2), zeros(3)]),
            Throws.InstanceOf<ExternalException>().With.Message.StartsWith("meshgrid(Float[2, 2], Float[3])"));
    }
}

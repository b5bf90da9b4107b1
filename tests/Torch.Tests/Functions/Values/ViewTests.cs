using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class ViewTests : TensorTests
{
    private static readonly (string Name, Func<Tensor, Tensor> Of)[] s_views =
    [
        ("view", x => x.view(8)), ("reshape", x => x.reshape(4, 2)), ("permute", x => x.permute(1, 0)),
        ("transpose", x => x.transpose(0, 1)),
        ("t", x => x.t()), ("mT", x => x.mT), ("movedim", x => x.movedim([0], [1])), ("squeeze", x => x.squeeze()),
        ("unsqueeze", x => x.unsqueeze(0)),
        ("expand", x => x.unsqueeze(0).expand(3, -1, -1)), ("narrow", x => x.narrow(1, 0, 2)), ("select", x => x.select(0, 0)),
        ("slice", x => x.slice(1, 0, 4, 2)), ("as_strided", x => x.as_strided([2, 2], [1, 1])), ("unfold", x => x.unfold(1, 2, 1)),
        ("diagonal", x => x.diagonal()), ("chunk", x => x.chunk(2, 1)[0]), ("split", x => x.split(3, 1)[0]),
        ("unbind", x => x.unbind(1)[0]),
        ("flatten", x => x.flatten()), ("unflatten", x => x.unflatten(1, 2, 2)), ("detach", x => x.detach()), ("alias", x => x.alias()),
        ("contiguous", x => x.contiguous()), ("to", x => x.to(float64)), ("index", x => x[0]), ("range", x => x[.., ..2]),
    ];

    private static readonly (string Name, Func<Tensor, Tensor> Of)[] s_copies =
    [
        ("clone", x => x.clone()), ("to with copy", x => x.to(float64, true)), ("flip", x => x.flip(0)), ("repeat", x => x.repeat(1, 2)),
        ("roll", x => x.roll(1, 0)), ("index tensor", x => x[tensor([0L])]), ("mask", x => x[x >= 0]),
        ("contiguous", x => x.t().contiguous()),
        ("reshape", x => x.t().reshape(8)), ("tril", x => x.tril()),
    ];

    [TestCaseSource(nameof(Views))]
    public void A_view_shows_changes_of_its_base(string name) => Assert.That(Follows(s_views.Single(v => v.Name == name).Of), Is.True);

    [TestCaseSource(nameof(Copies))]
    public void A_copy_does_not(string name) => Assert.That(Follows(s_copies.Single(v => v.Name == name).Of), Is.False);

    [Test]
    public void Writing_into_a_view_changes_its_base()
    {
        var x = zeros(2, 3, float64);
        x.t()[1].fill_(4);
        x[.., 2].add_(1);
        Close(x, [0, 4, 1, 0, 4, 1]);
    }

    [Test]
    public void Strides_and_offsets_tell_where_elements_lie()
    {
        var x = zeros(2, 3, 4);
        Assert.That((x.stride(), x.is_contiguous()), Is.EqualTo((new long[] { 12, 4, 1 }, true)));
        var y = x[1, .., 1..];
        Assert.That((y.stride(), y.storage_offset(), y.is_contiguous()), Is.EqualTo((new long[] { 4, 1 }, 13L, false)));
        Assert.That(x.permute(2, 0, 1).stride(), Is.EqualTo([1L, 12, 4]));
        Assert.That(x.unsqueeze(0).expand(5, -1, -1, -1).stride()[0], Is.Zero);
    }

    [Test]
    public void Real_and_imaginary_parts_are_views()
    {
        var z = complex(tensor([1.0, 2]), tensor([3.0, 4]));
        z.imag.mul_(-1);
        z.view_as_real()[0, 0].fill_(9);
        Close(view_as_real(z), [9, -3, 2, -4]);
        Close(view_as_real(z.conj().resolve_conj()), [9, 3, 2, 4]);
        Close(z.angle(), [Math.Atan2(-3, 9), Math.Atan2(-4, 2)]);
    }

    private static IEnumerable<string> Views() => s_views.Select(v => v.Name);

    private static IEnumerable<string> Copies() => s_copies.Select(v => v.Name);

    private static bool Follows(Func<Tensor, Tensor> of)
    {
        var x = arange(8, float64).view(2, 4).clone();
        var y = of(x);
        var before = y.flatten()[0].ToDouble();
        x.add_(100);
        return y.flatten()[0].ToDouble() == before + 100;
    }
}

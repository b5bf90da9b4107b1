using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class ShapeValueTests : TensorTests
{
    private static Tensor Rows => arange(6).view(2, 3);

    [Test]
    public void Dimensions_in_another_order()
    {
        var x = Normal(2, 3, 4);
        var (before, after) = (x.data<double>(), x.permute(2, 0, 1).data<double>());
        Assert.That(after[3, 1, 2], Is.EqualTo(before[1, 2, 3]));
        Assert.That(x.movedim([0, 1], [2, 0]).shape, Is.EqualTo([3L, 4, 2]));
        Assert.That((x.transpose(0, -1).shape, x.mT.shape), Is.EqualTo((new long[] { 4, 3, 2 }, new long[] { 2, 4, 3 })));
    }

    [Test]
    public void Extents_can_be_worked_out()
    {
        Assert.That(
            (Rows.view(3, -1).shape, Rows.reshape(-1).shape, Rows.unflatten(1, 1, -1).shape),
            Is.EqualTo((new long[] { 3, 2 }, new long[] { 6 }, new long[] { 2, 1, 3 })));
        Assert.That((Rows.size(-1), Rows.size(0), Rows.dim(), Rows.numel()), Is.EqualTo((3L, 2L, 2L, 6L)));
        Assert.That(
            (zeros(1, 2, 1).squeeze().shape, zeros(1, 2, 1).squeeze(0).shape, zeros(1, 2).squeeze(1).shape),
            Is.EqualTo((new long[] { 2 }, new long[] { 2, 1 }, new long[] { 1, 2 })));
        Assert.That(zeros(2, 3, 4).flatten(1).shape, Is.EqualTo([2L, 12]));
    }

    [Test]
    public void Orders_reversed_and_shifted()
    {
        Assert.That(Longs(Rows.flip(0)), Is.EqualTo([3L, 4, 5, 0, 1, 2]));
        Assert.That(Longs(Rows.flip(0, 1)), Is.EqualTo([5L, 4, 3, 2, 1, 0]));
        Assert.That(Longs(Rows.roll(1, 1)), Is.EqualTo([2L, 0, 1, 5, 3, 4]));
        Assert.That(Longs(Rows.roll(1)), Is.EqualTo([5L, 0, 1, 2, 3, 4]));
        Assert.That(Longs(Rows.roll([1, -1], [0, 1])), Is.EqualTo([4L, 5, 3, 1, 2, 0]));
    }

    [Test]
    public void Elements_repeated()
    {
        Assert.That(Longs(Rows[0].repeat(2)), Is.EqualTo([0L, 1, 2, 0, 1, 2]));
        Assert.That(Longs(Rows[0].repeat_interleave(2)), Is.EqualTo([0L, 0, 1, 1, 2, 2]));
        Assert.That(Longs(Rows.repeat_interleave(tensor([2L, 0, 1]), 1)), Is.EqualTo([0L, 0, 2, 3, 3, 5]));
        Assert.That(Longs(Rows[0].expand(2, 3)), Is.EqualTo([0L, 1, 2, 0, 1, 2]));
    }

    [Test]
    public void Pieces_put_together_again()
    {
        var x = Normal(5, 3);
        Close(cat(x.chunk(2)), x);
        Close(cat(x.split(2)), x);
        Close(cat(x.split([1, 4])), x);
        Close(stack(x.unbind(1), 1), x);
        Assert.That(x.split(2).Select(p => p.size(0)), Is.EqualTo([2L, 2, 1]));
    }

    [Test]
    public void Tensors_side_by_side()
    {
        var (a, b) = (tensor([1L, 2]), tensor([3L, 4]));
        Assert.That((Longs(hstack(a, b)), Longs(vstack([a, b]))), Is.EqualTo((new long[] { 1, 2, 3, 4 }, new long[] { 1, 2, 3, 4 })));
        Assert.That((vstack([a, b]).shape, Longs(stack([a, b], 1))), Is.EqualTo((new long[] { 2, 2 }, new long[] { 1, 3, 2, 4 })));
        Assert.That(
            (hstack(Rows, Rows).shape, vstack([Rows, Rows]).shape, cat([Rows, Rows], -1).shape),
            Is.EqualTo((new long[] { 2, 6 }, new long[] { 4, 3 }, new long[] { 2, 6 })));
    }

    [Test]
    public void Grids()
    {
        var ij = meshgrid([arange(2), arange(3)]);
        Assert.That((Longs(ij[0]), Longs(ij[1])), Is.EqualTo((new long[] { 0, 0, 0, 1, 1, 1 }, new long[] { 0, 1, 2, 0, 1, 2 })));
        var xy = meshgrid([arange(2), arange(3)], "xy");
        Assert.That((xy[0].shape, Longs(xy[0])), Is.EqualTo((new long[] { 3, 2 }, new long[] { 0, 1, 0, 1, 0, 1 })));
    }

    [Test]
    public void Triangles_and_diagonals()
    {
        Assert.That(Longs(Rows.tril()), Is.EqualTo([0L, 0, 0, 3, 4, 0]));
        Assert.That(Longs(Rows.triu(1)), Is.EqualTo([0L, 1, 2, 0, 0, 5]));
        Assert.That(Longs(Rows.diagonal(1)), Is.EqualTo([1L, 5]));
        Assert.That(Longs(tensor([7L, 8]).diag(1)), Is.EqualTo([0L, 7, 0, 0, 0, 8, 0, 0, 0]));
        Assert.That(Longs(Rows.diag()), Is.EqualTo([0L, 4]));
    }

    [Test]
    public void Windows_overlap() => Assert.That(Longs(arange(5).unfold(0, 3, 2)), Is.EqualTo([0L, 1, 2, 2, 3, 4]));
}

using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class SortingTests : TensorTests
{
    [Test]
    public void Sorting_agrees_with_the_runtime()
    {
        var x = Normal(50);
        var (values, places) = x.sort();
        Assert.That(Doubles(values), Is.EqualTo(Doubles(x).Order()));
        Assert.That(Doubles(x[places]), Is.EqualTo(Doubles(values)));
        Assert.That(Longs(x.argsort()), Is.EqualTo(Longs(places)));
        Assert.That(Doubles(torch.sort(x, 0, true).values), Is.EqualTo(Doubles(x).OrderDescending()));
    }

    [Test]
    public void A_stable_sort_keeps_equal_elements_in_order()
    {
        var x = tensor(Enumerable.Range(0, 60).Select(i => (long)(i % 3)).ToArray());
        var expected = Enumerable.Range(0, 60).OrderBy(i => i % 3).Select(i => (long)i);
        Assert.That(Longs(x.sort(0, false, true).Indices), Is.EqualTo(expected));
    }

    [Test]
    public void Sorting_runs_along_the_dimension() =>
        Close(from_array(new double[,] { { 3, 1 }, { 2, 5 } }).sort(0).Values, [2, 1, 3, 5]);

    [Test]
    public void The_largest_and_the_smallest()
    {
        var x = tensor([4.0, 9, 1, 7]);
        var (values, places) = x.topk(2);
        Assert.That((Doubles(values), Longs(places)), Is.EqualTo((new double[] { 9, 7 }, new long[] { 1, 3 })));
        Close(torch.topk(x, 3, 0, false).values, [1, 4, 7]);
    }

    [Test]
    public void Distinct_elements_rebuild_the_tensor()
    {
        var x = tensor([3L, 1, 3, 2, 1, 3]);
        var (output, inverse, counts) = x.unique(true, true, true);
        Assert.That((Longs(output), Longs(counts!)), Is.EqualTo((new long[] { 1, 2, 3 }, new long[] { 2, 1, 3 })));
        Assert.That(Longs(output[inverse!]), Is.EqualTo(Longs(x)));
        var plain = x.unique();
        Assert.That((plain.inverse_indices, plain.counts), Is.EqualTo(((Tensor?)null, (Tensor?)null)));
    }

    [Test]
    public void Places_in_a_sorted_sequence()
    {
        var (edges, values) = (tensor([1.0, 3, 3, 5]), tensor([0.0, 3, 4, 9]));
        Assert.That(Longs(searchsorted(edges, values)), Is.EqualTo([0L, 1, 3, 4]));
        Assert.That(Longs(searchsorted(edges, values, right: true)), Is.EqualTo([0L, 3, 3, 4]));
    }

    [Test]
    public void Integers_are_counted()
    {
        var x = tensor([1L, 3, 1]);
        Assert.That(Longs(bincount(x)), Is.EqualTo([0L, 2, 0, 1]));
        Assert.That(Longs(bincount(x, minlength: 6)), Has.Length.EqualTo(6));
        Close(x.bincount(tensor([0.5, 2, 1])), [0, 1.5, 0, 2]);
    }

    [Test]
    public void Places_that_are_not_zero()
    {
        var places = from_array(new[,] { { 0, 2, 0 }, { 1, 0, 3 } }).nonzero();
        Assert.That((places.shape, Longs(places)), Is.EqualTo((new long[] { 3, 2 }, new long[] { 0, 1, 1, 0, 1, 2 })));
    }
}

using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class ReductionValueTests : TensorTests
{
    private static readonly double[,] s_rows = { { 1, 5, 3 }, { -2, 4, 0 } };

    private static Tensor Rows => from_array(s_rows);

    [Test]
    public void Sums_over_dimensions_agree_with_loops()
    {
        var x = Normal(2, 3, 4);
        var elements = x.data<double>();
        var expected = new double[3];
        for (var i = 0; i < 24; i++)
        {
            expected[i / 4 % 3] += elements[i / 12, i / 4 % 3, i % 4];
        }

        Close(x.sum([0, 2]), expected);
        Close(x.sum(0, -1), expected);
        Close(x.mean([0, 2]), Array.ConvertAll(expected, s => s / 8));
        Assert.That(x.sum([0, 2], true).shape, Is.EqualTo([1L, 3, 1]));
        Assert.That(x.sum(0, 1, 2).ToDouble(), Is.EqualTo(expected.Sum()).Within(1e-12));
    }

    [Test]
    public void Products_and_running_sums()
    {
        Close(Rows.prod(1), [15, 0]);
        Assert.That(Rows.prod().ToDouble(), Is.Zero);
        Close(Rows.cumsum(1), [1, 6, 9, -2, 2, 2]);
        Close(Rows.cumprod(0), [1, 5, 3, -2, 20, 0]);
        Assert.That(Longs(Rows.count_nonzero([1])), Is.EqualTo([3L, 2]));
    }

    [Test]
    public void Extremes_and_where_they_are()
    {
        var (values, places) = Rows.max(1);
        Close(values, [5, 4]);
        Assert.That(Longs(places), Is.EqualTo([1L, 1]));
        var (least, at) = Rows.min(0, true);
        Close(least, [-2, 4, 0]);
        Assert.That((Longs(at), at.shape), Is.EqualTo((new long[] { 1, 1, 1 }, new long[] { 1, 3 })));
        Assert.That(
            (Rows.max().ToDouble(), Rows.min().ToDouble(), Rows.argmax().ToInt64(), Rows.argmin().ToInt64()),
            Is.EqualTo((5.0, -2.0, 1L, 3L)));
        Assert.That((Longs(Rows.argmax(1)), Longs(Rows.argmin(1, true))), Is.EqualTo((new long[] { 1, 1 }, new long[] { 0, 0 })));
        Close(Rows.amax(0), [1, 5, 3]);
        Close(Rows.amin([1], true), [1, -2]);
        Close(Rows.amax(), [5]);
    }

    [Test]
    public void The_median_is_the_lower_of_two() => Assert.That(tensor([4.0, 1, 3, 2]).median().ToDouble(), Is.EqualTo(2));

    [Test]
    public void Spread_divides_by_the_number_less_one_when_unbiased()
    {
        var row = tensor([1.0, 2, 3, 6]);
        Assert.That((row.var().ToDouble(), row.var(false).ToDouble()), Is.EqualTo((14.0 / 3, 3.5)));
        Assert.That(row.std(false).ToDouble(), Is.EqualTo(Math.Sqrt(3.5)));
        Close(Rows.var(1), [4, 28 / 3.0], 1e-14);
        Close(Rows.std([0], false), [1.5, 0.5, 1.5]);
        var (variance, mean) = Rows.var_mean([1], false, true);
        Close(variance, [8 / 3.0, 56 / 9.0], 1e-14);
        Close(mean, [3, 2 / 3.0], 1e-15);
        var (deviation, centre) = row.std_mean();
        Assert.That((deviation.ToDouble(), centre.ToDouble()), Is.EqualTo((Math.Sqrt(14.0 / 3), 3.0)));
    }

    [Test]
    public void A_single_value_has_no_unbiased_variance() => Assert.That(tensor([3.0]).var().ToDouble(), Is.NaN);

    [Test]
    public void Norms()
    {
        var x = tensor([3.0, -4]);
        Assert.That(
            new[] { x.norm(), x.norm(1f), x.norm(float.PositiveInfinity), linalg.vector_norm(x, 0) }.Select(n => n.ToDouble()),
            Is.EqualTo([5.0, 7, 4, 2]));
        Close(Rows.norm(1, false, 1f), [9, 6]);
        Close(linalg.vector_norm(Rows, 2, [0], true), [Math.Sqrt(5), Math.Sqrt(41), 3], 1e-14);
    }

    [Test]
    public void Quantiles_lie_linearly_between_order_statistics()
    {
        var x = tensor([10.0, 0, 30, 20]);
        Close(quantile(x, tensor([0.0, 0.5, 0.9, 1])), [0, 15, 27, 30], 1e-12);
        Assert.That(quantile(Rows, tensor(0.5), 1, true).shape, Is.EqualTo([2L, 1]));
    }
}

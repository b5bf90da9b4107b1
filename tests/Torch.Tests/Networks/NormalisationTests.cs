namespace Dfx.Torch.Tests.Networks;

/// <summary>Normalisations against means and variances of plain arrays.</summary>
public sealed class NormalisationTests : ScopedTests
{
    private const int N = 3;
    private const int C = 4;
    private const int Area = 6;

    [Test]
    public void GroupNorm_normalises_groups_of_a_sample([Values(1, 2, 4)] int groups, [Values] bool affine)
    {
        using var layer = torch.nn.GroupNorm(groups, C, eps: 1e-3, affine: affine, dtype: torch.float64);
        Numbers.Randomise(layer, 3);
        var x = Numbers.Draw(1, N, C, 2, 3);
        var extent = C / groups * Area;
        var expected = Normalised(x, i => i / extent, 1e-3);
        Scale(expected, layer.weight, layer.bias, i => i / Area % C);
        Assert.That(Numbers.Of(layer.call(Numbers.Tensor(x, N, C, 2, 3))), Numbers.Close(expected));
        Assert.That(layer.parameters().Count(), Is.EqualTo(affine ? 2 : 0));
    }

    [TestCase(new long[] { 3 }, true, true)]
    [TestCase(new long[] { 2, 3 }, true, false)]
    [TestCase(new long[] { 4, 2, 3 }, false, true)]
    public void LayerNorm_normalises_trailing_dimensions(long[] shape, bool affine, bool bias)
    {
        using var layer = torch.nn.LayerNorm(shape, 1e-2, affine, bias, dtype: torch.float64);
        Numbers.Randomise(layer, 4);
        var x = Numbers.Draw(2, N, C, 2, 3);
        var extent = (int)Numbers.Product(shape);
        var expected = Normalised(x, i => i / extent, 1e-2);
        Scale(expected, layer.weight, layer.bias, i => i % extent);
        Assert.That(Numbers.Of(layer.call(Numbers.Tensor(x, N, C, 2, 3))), Numbers.Close(expected));
        Assert.That((layer.weight is null, layer.bias is null), Is.EqualTo((!affine, !affine || !bias)));
    }

    [Test]
    public void LayerNorm_of_one_extent_is_that_of_a_list()
    {
        using var layer = torch.nn.LayerNorm(5);
        Assert.That(layer.normalized_shape, Is.EqualTo(new long[] { 5 }));
        Assert.That(layer.weight!.shape, Is.EqualTo(new long[] { 5 }));
    }

    [Test]
    public void BatchNorm2d_in_training_normalises_channels_over_the_batch()
    {
        using var layer = torch.nn.BatchNorm2d(C, eps: 1e-3, dtype: torch.float64);
        Numbers.Randomise(layer, 5);
        var x = Numbers.Draw(3, N, C, 2, 3);
        var expected = Normalised(x, Channel, 1e-3);
        Scale(expected, layer.weight, layer.bias, Channel);
        Assert.That(Numbers.Of(layer.call(Numbers.Tensor(x, N, C, 2, 3))), Numbers.Close(expected));
    }

    [Test]
    public void BatchNorm2d_follows_the_statistics_of_its_batches()
    {
        using var layer = torch.nn.BatchNorm2d(C, momentum: 0.3, dtype: torch.float64);
        var (mean, variance) = (new double[C], Enumerable.Repeat(1.0, C).ToArray());
        for (var step = 0; step < 3; step++)
        {
            var x = Numbers.Draw(10 + step, N, C, 2, 3);
            layer.call(Numbers.Tensor(x, N, C, 2, 3));
            for (var c = 0; c < C; c++)
            {
                double[] own = [.. x.Where((_, i) => Channel(i) == c)];
                mean[c] += 0.3 * (own.Average() - mean[c]);
                // The running variance is the unbiased one, unlike that which normalises.
                variance[c] += 0.3 * ((Numbers.Variance(own) * own.Length / (own.Length - 1)) - variance[c]);
            }
        }

        Assert.That(Numbers.Of(layer.running_mean!), Numbers.Close(mean));
        Assert.That(Numbers.Of(layer.running_var!), Numbers.Close(variance));
        Assert.That(layer.num_batches_tracked!.ToInt64(), Is.EqualTo(3));
    }

    [Test]
    public void BatchNorm2d_in_evaluation_uses_what_it_has_seen_and_sees_nothing_new()
    {
        using var layer = torch.nn.BatchNorm2d(C, eps: 1e-3, dtype: torch.float64);
        double[] mean = [0.5, -1, 0, 2], variance = [1, 2, 0.5, 4];
        Numbers.Put(layer.running_mean!, mean);
        Numbers.Put(layer.running_var!, variance);
        Numbers.Randomise(layer, 6);
        layer.eval();
        var x = Numbers.Draw(4, N, C, 2, 3);
        double[] expected = [.. x.Select((v, i) => (v - mean[Channel(i)]) / Math.Sqrt(variance[Channel(i)] + 1e-3))];
        Scale(expected, layer.weight, layer.bias, Channel);
        Assert.That(Numbers.Of(layer.call(Numbers.Tensor(x, N, C, 2, 3))), Numbers.Close(expected));
        Assert.That(Numbers.Of(layer.running_mean!), Is.EqualTo(mean));
        Assert.That(layer.num_batches_tracked!.ToInt64(), Is.Zero);
    }

    [Test]
    public void BatchNorm2d_without_statistics_uses_the_batch_in_evaluation_too()
    {
        using var layer = torch.nn.BatchNorm2d(C, track_running_stats: false, affine: false, dtype: torch.float64);
        layer.eval();
        var x = Numbers.Draw(5, N, C, 2, 3);
        Assert.That(Numbers.Of(layer.call(Numbers.Tensor(x, N, C, 2, 3))), Numbers.Close(Normalised(x, Channel, 1e-5)));
        Assert.That(layer.state_dict(), Is.Empty);
    }

    [Test]
    public void BatchNorm2d_saves_its_statistics() =>
        Assert.That(
            torch.nn.BatchNorm2d(C).state_dict().Keys,
            Is.EqualTo(new[] { "weight", "bias", "running_mean", "running_var", "num_batches_tracked" }));

    private static int Channel(int i) => i / Area % C;

    private static double[] Normalised(double[] x, Func<int, int> group, double eps)
    {
        var groups = x.Select((v, i) => (v, Group: group(i))).GroupBy(p => p.Group, p => p.v)
            .ToDictionary(g => g.Key, g => (Mean: g.Average(), Root: Math.Sqrt(Numbers.Variance([.. g]) + eps)));
        return [.. x.Select((v, i) => (v - groups[group(i)].Mean) / groups[group(i)].Root)];
    }

    private static void Scale(double[] x, torch.Tensor? weight, torch.Tensor? bias, Func<int, int> place)
    {
        var (w, b) = (weight is null ? null : Numbers.Of(weight), bias is null ? null : Numbers.Of(bias));
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = (x[i] * (w?[place(i)] ?? 1)) + (b?[place(i)] ?? 0);
        }
    }
}

namespace Dfx.Torch.Tests.Networks;

/// <summary>Layers that change the size of images, against loops.</summary>
public sealed class ImageLayerTests : ScopedTests
{
    [Test]
    public void AvgPool2d_is_the_mean_over_windows(
        [Values(2, 3)] int kernel, [Values(1, 2, 3)] int stride, [Values(0, 1)] int padding, [Values] bool countPadding)
    {
        var x = Numbers.Draw(1, 2, 3, 7, 8);
        var layer = torch.nn.AvgPool2d(kernel, stride, padding, count_include_pad: countPadding);
        var (h, w) = (ReferenceConvolution.Extent(7, kernel, stride, padding, 1), ReferenceConvolution.Extent(8, kernel, stride, padding, 1));
        var result = layer.call(Numbers.Tensor(x, 2, 3, 7, 8));
        Assert.That(result.shape, Is.EqualTo(new long[] { 2, 3, h, w }));
        double[] expected = [.. Enumerable.Range(0, 6 * h * w).Select(i =>
            Pooled(x, i / (h * w), (i / w % h * stride) - padding, (i % w * stride) - padding, kernel, countPadding))];
        Assert.That(Numbers.Of(result), Numbers.Close(expected));
    }

    [Test]
    public void AvgPool2d_moves_by_its_kernel_and_divides_by_what_it_is_told()
    {
        var result = torch.nn.AvgPool2d(2, divisor_override: 3).call(torch.ones([1, 1, 4, 6], torch.float64));
        Assert.That(result.shape, Is.EqualTo(new long[] { 1, 1, 2, 3 }));
        Assert.That(Numbers.Of(result), Is.All.EqualTo(4.0 / 3).Within(1e-15));
    }

    [Test]
    public void AvgPool2d_in_ceiling_mode_keeps_the_last_window() =>
        Assert.That(torch.nn.AvgPool2d(2, ceil_mode: true).call(torch.ones([1, 1, 5, 5])).shape, Is.EqualTo(new long[] { 1, 1, 3, 3 }));

    [Test]
    public void Upsample_repeats_the_nearest_pixel()
    {
        var x = Numbers.Draw(1, 1, 2, 3, 4);
        var result = torch.nn.Upsample(scale_factor: [2, 3]).call(Numbers.Tensor(x, 1, 2, 3, 4));
        Assert.That(result.shape, Is.EqualTo(new long[] { 1, 2, 6, 12 }));
        double[] expected = [.. Enumerable.Range(0, 2 * 6 * 12).Select(i => x[(i / 72 * 12) + (i / 12 % 6 / 2 * 4) + (i % 12 / 3)])];
        Assert.That(Numbers.Of(result), Is.EqualTo(expected));
    }

    [Test]
    public void Upsample_interpolates_between_pixel_centres([Values] bool corners, [Values] bool bySize)
    {
        var x = Numbers.Draw(1, 1, 2, 3, 4);
        var layer = bySize
            ? torch.nn.Upsample([6, 10], null, torch.UpsampleMode.Bilinear, corners)
            : torch.nn.Upsample(null, [2, 2.5], torch.UpsampleMode.Bilinear, corners);
        var result = layer.call(Numbers.Tensor(x, 1, 2, 3, 4));
        Assert.That(result.shape, Is.EqualTo(new long[] { 1, 2, 6, 10 }));
        double[] expected = [.. Enumerable.Range(0, 2 * 60).Select(i =>
            Bilinear(x, i / 60, Source(i / 10 % 6, 3, 6, corners), Source(i % 10, 4, 10, corners)))];
        Assert.That(Numbers.Of(result), Numbers.Close(expected));
    }

    [Test]
    public void Upsample_bicubic_weighs_sixteen_pixels([Values] bool corners)
    {
        var x = Numbers.Draw(1, 1, 2, 3, 4);
        var result = Numbers.Of(torch.nn.Upsample([6, 10], null, torch.UpsampleMode.Bicubic, corners).call(Numbers.Tensor(x, 1, 2, 3, 4)));
        double[] expected = [.. Enumerable.Range(0, 2 * 60).Select(i =>
            Bicubic(x, i / 60, Source(i / 10 % 6, 3, 6, corners), Source(i % 10, 4, 10, corners)))];
        Assert.That(result, Numbers.Close(expected));
    }

    [Test]
    public void Upsample_refuses_what_is_not_bound() =>
        Assert.That(() => torch.nn.Upsample([2, 2], recompute_scale_factor: true), Throws.InstanceOf<NotSupportedException>());

    private static double Pooled(double[] x, int image, int top, int left, int kernel, bool countPadding)
    {
        var inside = (from y in Enumerable.Range(top, kernel)
                      from c in Enumerable.Range(left, kernel)
                      where y is >= 0 and < 7 && c is >= 0 and < 8
                      select x[(image * 56) + (y * 8) + c]).ToList();
        return inside.Sum() / (countPadding ? kernel * kernel : inside.Count);
    }

    private static double Source(int i, int from, int to, bool corners) =>
        corners ? i * (from - 1.0) / (to - 1) : ((i + 0.5) * from / to) - 0.5;

    private static double Bilinear(double[] x, int channel, double y, double c)
    {
        (y, c) = (Math.Max(y, 0), Math.Max(c, 0));
        var (top, left) = (Math.Min((int)y, 2), Math.Min((int)c, 3));
        var (bottom, right) = (Math.Min(top + 1, 2), Math.Min(left + 1, 3));
        var (v, h) = (y - top, c - left);
        return ((1 - v) * (((1 - h) * At(top, left)) + (h * At(top, right)))) + (v * (((1 - h) * At(bottom, left)) + (h * At(bottom, right))));

        double At(int row, int column) => x[(channel * 12) + (row * 4) + column];
    }

    private static double Bicubic(double[] x, int channel, double y, double c)
    {
        var (top, left) = ((int)Math.Floor(y), (int)Math.Floor(c));
        return (from row in Enumerable.Range(top - 1, 4)
                from column in Enumerable.Range(left - 1, 4)
                let pixel = x[(channel * 12) + (Math.Clamp(row, 0, 2) * 4) + Math.Clamp(column, 0, 3)]
                select pixel * Cubic(y - row) * Cubic(c - column)).Sum();
    }

    // Keys 1981 with a = -0.75.
    private static double Cubic(double distance) => Math.Abs(distance) switch
    {
        <= 1 and var d => (1.25 * d * d * d) - (2.25 * d * d) + 1,
        < 2 and var d => (-0.75 * d * d * d) + (3.75 * d * d) - (6 * d) + 3,
        _ => 0,
    };
}

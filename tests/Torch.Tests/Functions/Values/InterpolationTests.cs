using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class InterpolationTests : TensorTests
{
    [Test]
    public void Nearest_repeats_pixels()
    {
        Close(F.interpolate(Row(1, 2, 3), [1, 6]), [1, 1, 2, 2, 3, 3]);
        Close(F.interpolate(Row(1, 2, 3), [2, 2]), [1, 2, 1, 2]);
    }

    [Test]
    public void Bilinear_weighs_the_two_neighbours()
    {
        Close(F.interpolate(Row(0, 4), [1, 4], mode: InterpolationMode.Bilinear), [0, 1, 3, 4]);
        Close(F.interpolate(Row(0, 3), [1, 4], mode: InterpolationMode.Bilinear, align_corners: true), [0, 1, 2, 3]);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Bicubic_agrees_with_its_kernel(bool alignCorners)
    {
        var x = Normal(1, 1, 1, 5);
        var actual = F.interpolate(x, [1, 9], mode: InterpolationMode.Bicubic, align_corners: alignCorners);
        var pixels = Doubles(x);
        var expected = Enumerable.Range(0, 9).Select(i => Cubic(pixels, alignCorners ? i * 0.5 : ((i + 0.5) * 5 / 9) - 0.5));
        Close(actual, [.. expected]);
    }

    [TestCase(InterpolationMode.Bilinear, false)]
    [TestCase(InterpolationMode.Bilinear, true)]
    [TestCase(InterpolationMode.Bicubic, false)]
    [TestCase(InterpolationMode.Bicubic, true)]
    [TestCase(InterpolationMode.Area, false)]
    public void Weights_add_up_to_one(InterpolationMode mode, bool antialias)
    {
        var x = full(1, 2, 7, 5, 3.25, float64);
        Assert.That(Doubles(F.interpolate(x, [3, 4], mode: mode, antialias: antialias)), Is.All.EqualTo(3.25).Within(1e-14));
        Assert.That(Doubles(F.interpolate(x, [11, 9], mode: mode, antialias: antialias)), Is.All.EqualTo(3.25).Within(1e-14));
    }

    [TestCase(InterpolationMode.Bilinear)]
    [TestCase(InterpolationMode.Bicubic)]
    public void Antialias_widens_the_kernel_with_the_reduction(InterpolationMode mode)
    {
        var x = Normal(1, 1, 1, 12);
        var kernel = mode == InterpolationMode.Bilinear ? (Func<double, double>)Triangle : Keys;
        foreach (var width in new[] { 4, 6, 5 })
        {
            var actual = F.interpolate(x, [1, width], mode: mode, antialias: true);
            Close(actual, Widened(Doubles(x), width, kernel, mode == InterpolationMode.Bilinear ? 1 : 2), 1e-12);
        }
    }

    [Test]
    public void Halving_with_antialias_has_the_weights_of_a_wide_triangle() =>
        Close(F.interpolate(Row(0, 0, 8, 0, 0, 0), [1, 3], mode: InterpolationMode.Bilinear, antialias: true), [8 / 7.0, 3, 0], 1e-14);

    [Test]
    public void Area_is_the_mean_of_the_pixels_covered()
    {
        var x = Normal(2, 3, 6, 8);
        Close(F.interpolate(x, [3, 2], mode: InterpolationMode.Area), F.avg_pool2d(x, [2, 4]));
    }

    [Test]
    public void A_factor_gives_the_size_rounded_down()
    {
        var x = Normal(1, 1, 5, 5);
        Assert.That(F.interpolate(x, null, [1.5, 0.5]).shape, Is.EqualTo([1L, 1, 7, 2]));
        Assert.That(F.interpolate(x, null, [2.0]).shape, Is.EqualTo([1L, 1, 10, 10]));
        Close(
            F.interpolate(x, null, [1.5], InterpolationMode.Bilinear, recompute_scale_factor: true),
            F.interpolate(x, [7, 7], mode: InterpolationMode.Bilinear));
    }

    [Test]
    public void A_factor_is_used_as_given_unless_recomputed()
    {
        var actual = F.interpolate(Row(0, 1, 2), null, [1, 1.5], InterpolationMode.Bilinear);
        Close(actual, [0, 0.5, 7 / 6.0, 11 / 6.0]);
    }

    private static Tensor Row(params double[] pixels) => tensor(pixels).view(1, 1, 1, -1);

    // The cubic convolution kernel with a = -0.75 (a = -0.5 where it is widened), as libtorch chooses.
    private static double Kernel(double x, double a) => Math.Abs(x) switch
    {
        <= 1 and var t => ((a + 2) * t * t * t) - ((a + 3) * t * t) + 1,
        < 2 and var t => (a * t * t * t) - (5 * a * t * t) + (8 * a * t) - (4 * a),
        _ => 0,
    };

    private static double Keys(double x) => Kernel(x, -0.5);

    private static double Triangle(double x) => Math.Max(0, 1 - Math.Abs(x));

    private static double Cubic(double[] pixels, double at)
    {
        var first = (int)Math.Floor(at) - 1;
        return Enumerable.Range(first, 4).Sum(j => Kernel(at - j, -0.75) * pixels[Math.Clamp(j, 0, pixels.Length - 1)]);
    }

    // Weights at pixel centres, cut off at the image's edge and at the kernel's support, and made to add up to one.
    private static double[] Widened(double[] pixels, int width, Func<double, double> kernel, int support)
    {
        var scale = pixels.Length / (double)width;
        return [.. Enumerable.Range(0, width).Select(i =>
        {
            var centre = scale * (i + 0.5);
            var from = Math.Max(0, (int)(centre - (support * scale) + 0.5));
            var to = Math.Min(pixels.Length, (int)(centre + (support * scale) + 0.5));
            var weights = Enumerable.Range(from, to - from).Select(j => (j, w: kernel((j + 0.5 - centre) / scale))).ToList();
            return weights.Sum(p => p.w * pixels[p.j]) / weights.Sum(p => p.w);
        })];
    }
}

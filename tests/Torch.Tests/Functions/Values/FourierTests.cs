using System.Numerics;
using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Values;

public sealed class FourierTests : TensorTests
{
    [TestCase(FFTNormType.Backward, 1)]
    [TestCase(FFTNormType.Forward, 1 / 6.0)]
    [TestCase(FFTNormType.Ortho, 0.40824829046386302)]
    public void A_transform_agrees_with_its_definition(FFTNormType norm, double scale)
    {
        var x = Normal(6);
        var signal = Doubles(x).Select(v => new Complex(v, 0)).ToArray();
        Close(fft.fft_(x, norm: norm), [.. Line(signal, -1).Select(z => z * scale)]);
    }

    [Test]
    public void A_transform_over_two_dimensions_is_one_after_the_other()
    {
        var x = Normal(4, 3);
        var elements = x.data<double>();
        var rows = Enumerable.Range(0, 4)
            .Select(i => Line([.. Enumerable.Range(0, 3).Select(j => new Complex(elements[i, j], 0))], -1)).ToArray();
        var columns = Enumerable.Range(0, 3).Select(j => Line([.. rows.Select(r => r[j])], -1)).ToArray();
        Close(fft.fft2(x), [.. Enumerable.Range(0, 12).Select(n => columns[n % 3][n / 3])]);
    }

    [Test]
    public void Energy_is_kept()
    {
        var x = Normal(2, 8, 6);
        Close(fft.fft2(x, norm: FFTNormType.Ortho).abs().square().sum(), x.square().sum(), 1e-10);
        Close(fft.fft2(x).abs().square().sum() / 48, x.square().sum(), 1e-10);
    }

    [Test]
    public void Inverses_undo()
    {
        var z = complex(Normal(4, 5), Normal(4, 5));
        Close(view_as_real(fft.ifft(fft.fft_(z))), view_as_real(z));
        Close(view_as_real(fft.ifft2(fft.fft2(z))), view_as_real(z));
        var x = Normal(4, 5);
        Close(fft.irfft(fft.rfft(x), 5), x);
        Close(fft.irfft2(fft.rfft2(x), [4, 5]), x);
    }

    [Test]
    public void Real_signals_need_half_the_spectrum()
    {
        var x = Normal(3, 8);
        Close(view_as_real(fft.rfft(x)), view_as_real(fft.fft_(x)[.., ..5].clone()));
        Close(view_as_real(fft.rfft2(x)), view_as_real(fft.fft2(x)[.., ..5].clone()));
        Assert.That(fft.irfft(fft.rfft(x)).shape, Is.EqualTo([3L, 8]));
    }

    [Test]
    public void Lengths_cut_or_pad_with_zeros()
    {
        var x = Normal(6);
        Close(view_as_real(fft.fft_(x, 4)), view_as_real(fft.fft_(x[..4].clone())));
        Close(view_as_real(fft.fft_(x, 8)), view_as_real(fft.fft_(cat([x, zeros(2, float64)]))));
        Assert.That(fft.fft2(Normal(3, 4), [5, 2]).shape, Is.EqualTo([5L, 2]));
    }

    [Test]
    public void Shifts_put_zero_frequency_in_the_centre()
    {
        Assert.That(Longs(fft.fftshift(arange(5))), Is.EqualTo([3L, 4, 0, 1, 2]));
        Assert.That(Longs(fft.ifftshift(fft.fftshift(arange(5)))), Is.EqualTo([0L, 1, 2, 3, 4]));
        Assert.That(Longs(fft.fftshift(arange(4).view(2, 2), [1])), Is.EqualTo([1L, 0, 3, 2]));
    }

    [Test]
    public void Precision_is_that_of_the_input()
    {
        Assert.That(
            (fft.fft_(zeros(4)).dtype, fft.fft_(zeros(4, float64)).dtype),
            Is.EqualTo((ScalarType.ComplexFloat32, ScalarType.ComplexFloat64)));
        Assert.That(fft.irfft(fft.rfft(zeros(4))).dtype, Is.EqualTo(float32));
    }

    private static Complex[] Line(Complex[] x, int sign) =>
        [.. x.Select((_, k) => x
            .Select((v, n) => v * Complex.FromPolarCoordinates(1, sign * 2 * Math.PI * k * n / x.Length))
            .Aggregate((a, b) => a + b))];

    private static void Close(Tensor actual, Complex[] expected) =>
        Close(view_as_real(actual), [.. expected.SelectMany(z => new[] { z.Real, z.Imaginary })], 1e-12);
}

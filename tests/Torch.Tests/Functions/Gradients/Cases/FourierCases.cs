using static Dfx.Torch.Tests.Functions.Gradients.Inputs;
using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients.Cases;

/// <summary>Transforms of real signals and of complex ones, whose real and imaginary parts are the inputs.</summary>
internal static class FourierCases
{
    internal static void AddTo(CaseTable t)
    {
        Lines(t);
        Planes(t);
        Shifts(t);
    }

    private static void Lines(CaseTable t)
    {
        t.Of("fft", Normal(2, 4), x => view_as_real(fft.fft_(x)), x => view_as_real(fft.fft_(x, 3, 0, FFTNormType.Ortho)));
        t.Of("fft", Normal(4), Normal(4), (x, y) => view_as_real(fft.fft_(complex(x, y), 6)));
        t.Of("ifft", Normal(4), Normal(4),
            (x, y) => view_as_real(fft.ifft(complex(x, y))), (x, y) => view_as_real(fft.ifft(complex(x, y), norm: FFTNormType.Forward)));
        t.Of("rfft", Normal(2, 5), x => view_as_real(fft.rfft(x)), x => view_as_real(fft.rfft(x, 6, 1, FFTNormType.Ortho)));
        t.Of("irfft", Normal(4), Normal(4),
            (x, y) => fft.irfft(complex(x, y)), (x, y) => fft.irfft(complex(x, y), 7, -1, FFTNormType.Forward));
    }

    private static void Planes(CaseTable t)
    {
        t.Of("fft2", Normal(2, 2, 3), x => view_as_real(fft.fft2(x)), x => view_as_real(fft.fft2(x, [3, 2], [0, 2], FFTNormType.Ortho)));
        t.Of("ifft2", Normal(2, 3), Normal(2, 3), (x, y) => view_as_real(fft.ifft2(complex(x, y))));
        t.Of("rfft2", Normal(2, 3, 4), x => view_as_real(fft.rfft2(x)));
        t.Of("irfft2", Normal(3, 3), Normal(3, 3),
            (x, y) => fft.irfft2(complex(x, y)), (x, y) => fft.irfft2(complex(x, y), [3, 5], norm: FFTNormType.Ortho));
    }

    private static void Shifts(CaseTable t)
    {
        t.Of("fftshift", Normal(3, 5), x => fft.fftshift(x), x => fft.fftshift(x, [1]));
        t.Of("ifftshift", Normal(3, 5), x => fft.ifftshift(x), x => fft.ifftshift(x, [0]));
    }
}

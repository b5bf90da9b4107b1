namespace Dfx.Torch;

public static partial class torch
{
    /// <summary>Fourier transforms, complex in the precision of the input.</summary>
    public static partial class fft
    {
        /// <summary>The discrete Fourier transform along one dimension.</summary>
        public static Tensor fft_(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Native.dfx_fft_fft(input, n < 0 ? long.MinValue : n, dim, Name(norm));

        /// <summary>The inverse transform along one dimension.</summary>
        public static Tensor ifft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Native.dfx_fft_ifft(input, n < 0 ? long.MinValue : n, dim, Name(norm));

        /// <summary>The transform of a real signal; half of it.</summary>
        public static Tensor rfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Native.dfx_fft_rfft(input, n < 0 ? long.MinValue : n, dim, Name(norm));

        /// <summary>The inverse of <see cref="rfft"/>: a real signal of n points.</summary>
        public static Tensor irfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Native.dfx_fft_irfft(input, n < 0 ? long.MinValue : n, dim, Name(norm));

        /// <summary>The discrete Fourier transform over two dimensions, the last two by default.</summary>
        public static Tensor fft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Native.dfx_fft_fft2(input, s, s?.Length ?? 0, dim ?? [-2, -1], (dim ?? [-2, -1]).Length, Name(norm));

        /// <summary>The inverse transform over two dimensions.</summary>
        public static Tensor ifft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Native.dfx_fft_ifft2(input, s, s?.Length ?? 0, dim ?? [-2, -1], (dim ?? [-2, -1]).Length, Name(norm));

        /// <summary>The transform of real images; half of it.</summary>
        public static Tensor rfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Native.dfx_fft_rfft2(input, s, s?.Length ?? 0, dim ?? [-2, -1], (dim ?? [-2, -1]).Length, Name(norm));

        /// <summary>The inverse of <see cref="rfft2"/>: real images of extents s.</summary>
        public static Tensor irfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Native.dfx_fft_irfft2(input, s, s?.Length ?? 0, dim ?? [-2, -1], (dim ?? [-2, -1]).Length, Name(norm));

        /// <summary>Zero frequency moved to the centre.</summary>
        public static Tensor fftshift(Tensor input, long[]? dim = null) => Native.dfx_fft_fftshift(input, dim, dim?.Length ?? 0);

        /// <summary>Zero frequency moved back to the start.</summary>
        public static Tensor ifftshift(Tensor input, long[]? dim = null) => Native.dfx_fft_ifftshift(input, dim, dim?.Length ?? 0);

        private static string Name(FFTNormType norm) => norm switch
        {
            FFTNormType.Forward => "forward",
            FFTNormType.Ortho => "ortho",
            _ => "backward",
        };
    }
}

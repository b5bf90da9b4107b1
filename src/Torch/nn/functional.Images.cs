namespace Dfx.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The mean over windows; the window is its own stride unless one is given.</summary>
            public static Tensor avg_pool2d(
                Tensor input,
                long[] kernel_size,
                long[]? stride = null,
                long[]? padding = null,
                bool ceil_mode = false,
                bool count_include_pad = true,
                long? divisor_override = null)
            {
                var (s, p) = (stride ?? kernel_size, padding ?? s_zero);
                return Native.dfx_avg_pool2d(
                    input, kernel_size, kernel_size.Length, s, s.Length, p, p.Length, ceil_mode ? 1 : 0, count_include_pad ? 1 : 0, divisor_override ?? long.MinValue);
            }

            /// <inheritdoc cref="avg_pool2d(Tensor, long[], long[], long[], bool, bool, long?)"/>
            public static Tensor avg_pool2d(
                Tensor input,
                long kernel_size,
                long? stride = null,
                long padding = 0,
                bool ceil_mode = false,
                bool count_include_pad = true,
                long? divisor_override = null)
            {
                var s = stride ?? kernel_size;
                return avg_pool2d(input, [kernel_size, kernel_size], [s, s], [padding, padding], ceil_mode, count_include_pad, divisor_override);
            }

            /// <summary>The largest element of windows; the window is its own stride unless one is given.</summary>
            public static Tensor max_pool2d(
                Tensor input,
                long[] kernel_size,
                long[]? strides = null,
                long[]? padding = null,
                long[]? dilation = null,
                bool ceil_mode = false)
            {
                var (s, p, d) = (strides ?? kernel_size, padding ?? s_zero, dilation ?? s_one);
                return Native.dfx_max_pool2d(
                    input, kernel_size, kernel_size.Length, s, s.Length, p, p.Length, d, d.Length, ceil_mode ? 1 : 0);
            }

            /// <inheritdoc cref="max_pool2d(Tensor, long[], long[], long[], long[], bool)"/>
            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false)
            {
                var (s, p, d) = (stride ?? kernel_size, padding ?? 0, dilation ?? 1);
                return max_pool2d(input, [kernel_size, kernel_size], [s, s], [p, p], [d, d], ceil_mode);
            }

            /// <summary>The mean over windows chosen so that the result has that extent.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) =>
                Native.dfx_adaptive_avg_pool2d(input, output_size, output_size.Length);

            /// <inheritdoc cref="adaptive_avg_pool2d(Tensor, long[])"/>
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, [output_size, output_size]);

            /// <summary>Surrounds the last dimensions; widths in pairs (before, after), the last dimension first.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                Native.dfx_pad(input, pad, pad.Length, PadMode(mode), value);

            /// <summary>Resizes images to a size or by a factor; one of the two must be given.</summary>
            /// <param name="x">[N, C, H, W].</param>
            /// <param name="size">New height and width.</param>
            /// <param name="scale_factor">Factors of height and width, or one for both.</param>
            /// <param name="mode">Nearest, bilinear, bicubic or area.</param>
            /// <param name="align_corners">Whether the centres of the corner pixels stay; bilinear and bicubic only.</param>
            /// <param name="recompute_scale_factor">Whether the factor used is that of the rounded size.</param>
            /// <param name="antialias">Whether the kernel widens with the reduction, as Pillow's does; bilinear and bicubic only.</param>
            /// <exception cref="ArgumentException">Size and factor contradict, or the mode does not know an option.</exception>
            public static Tensor interpolate(
                Tensor x,
                long[]? size = null,
                double[]? scale_factor = null,
                InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null,
                bool recompute_scale_factor = false,
                bool antialias = false)
            {
                if ((antialias || align_corners is not null) && (mode is InterpolationMode.Nearest or InterpolationMode.Area))
                {
                    throw new ArgumentException($"antialias and align_corners go with bilinear or bicubic, not with {mode}.", nameof(mode));
                }

                var target = Resizing.Of(x, size, scale_factor, recompute_scale_factor);
                if (mode == InterpolationMode.Area)
                {
                    return adaptive_avg_pool2d(x, [target.Height, target.Width]);
                }

                var kind = mode switch { InterpolationMode.Nearest => 0, InterpolationMode.Bilinear => 1, _ => 2 };
                return Native.dfx_interpolate2d(
                    x, target.Height, target.Width, target.ScaleH, target.ScaleW, kind, align_corners ?? false ? 1 : 0, antialias ? 1 : 0);
            }

            /// <summary>Windows of images as columns: [N, C, H, W] to [N, C kH kW, L].</summary>
            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                Native.dfx_im2col(input, [kernel_size, kernel_size], [dilation, dilation], [padding, padding], [stride, stride]);

            /// <summary>Channels to space: [N, C r², H, W] to [N, C, r H, r W].</summary>
            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Native.dfx_pixel_shuffle(input, upscale_factor);

            /// <summary>Space to channels: the inverse of <see cref="pixel_shuffle"/>.</summary>
            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) => Native.dfx_pixel_unshuffle(input, downscale_factor);

            internal static string PadMode(PaddingModes mode) => mode switch
            {
                PaddingModes.Reflect => "reflect",
                PaddingModes.Replicate => "replicate",
                PaddingModes.Circular => "circular",
                _ => "constant",
            };

            /// <summary>The extent that images are resized to, and the factors that libtorch is told (0: derived from the extent).</summary>
            private sealed record Resizing(long Height, long Width, double ScaleH, double ScaleW)
            {
                internal static Resizing Of(Tensor x, long[]? size, double[]? factor, bool recompute)
                {
                    if ((size is null) == (factor is null))
                    {
                        throw new ArgumentException("Give size or scale_factor, one of the two.");
                    }

                    if (size is not null)
                    {
                        return new(size[0], size[^1], 0, 0);
                    }

                    var shape = x.shape;
                    var (h, w) = ((long)Math.Floor(shape[^2] * factor![0]), (long)Math.Floor(shape[^1] * factor[^1]));
                    return recompute ? new(h, w, 0, 0) : new(h, w, factor[0], factor[^1]);
                }
            }
        }
    }
}

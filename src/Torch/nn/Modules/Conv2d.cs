namespace Dfx.Torch.Modules
{
    /// <summary>Convolution of images: [N, C_in, H, W] to [N, C_out, H', W'].</summary>
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(ConvolutionShape shape, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(Conv2d), shape, [shape.Out, shape.In / shape.Groups, .. shape.Kernel], device, dtype)
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input)
        {
            var (surrounded, left) = Surrounded(input);
            return torch.nn.functional.conv2d(surrounded, weight, bias, stride, left, dilation, groups);
        }
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Conv2d"/>
            /// <remarks>Initialised as PyTorch does: uniform in ± 1 / √(in / groups · kernel).</remarks>
            public static Modules.Conv2d Conv2d(
                long in_channels,
                long out_channels,
                long kernel_size,
                long stride = 1,
                long padding = 0,
                long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null) =>
                Conv2d(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (dilation, dilation), padding_mode, groups, bias, device, dtype);

            /// <inheritdoc cref="Conv2d(long, long, long, long, long, long, PaddingModes, long, bool, Device?, ScalarType?)"/>
            public static Modules.Conv2d Conv2d(
                long in_channels,
                long out_channels,
                (long, long) kernel_size,
                (long, long)? stride = null,
                (long, long)? padding = null,
                (long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null) =>
                new(
                    new Modules.ConvolutionShape(
                        in_channels, out_channels, Both(kernel_size), Both(stride ?? (1, 1)), Both(padding ?? (0, 0)), Both(dilation ?? (1, 1)), padding_mode, groups, bias),
                    device,
                    dtype);

            private static long[] Both((long, long) pair) => [pair.Item1, pair.Item2];
        }
    }
}

namespace Dfx.Torch.Modules
{
    /// <summary>Transposed convolution of images: [N, C_in, H, W] to [N, C_out, H', W'].</summary>
    public sealed class ConvTranspose2d : Convolution
    {
        private readonly long[] _outputPadding;

        internal ConvTranspose2d(ConvolutionShape shape, long[] outputPadding, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(ConvTranspose2d), shape, [shape.In, shape.Out / shape.Groups, .. shape.Kernel], device, dtype) =>
            _outputPadding = outputPadding;

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) =>
            torch.nn.functional.conv_transpose2d(input, weight, bias, stride, padding, _outputPadding, dilation, groups);
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.ConvTranspose2d"/>
            /// <exception cref="ArgumentException">A padding mode other than zeros.</exception>
            public static Modules.ConvTranspose2d ConvTranspose2d(
                long in_channels,
                long out_channels,
                long kernel_size,
                long stride = 1,
                long padding = 0,
                long output_padding = 0,
                long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null)
            {
                if (padding_mode != PaddingModes.Zeros)
                {
                    throw new ArgumentException("A transposed convolution surrounds its input with zeros only.", nameof(padding_mode));
                }

                var shape = new Modules.ConvolutionShape(
                    in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], [dilation, dilation], padding_mode, groups, bias);
                return new(shape, [output_padding, output_padding], device, dtype);
            }
        }
    }
}

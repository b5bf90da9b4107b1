namespace Dfx.Torch.Modules
{
    /// <summary>The mean over windows of images.</summary>
    public sealed class AvgPool2d : ParameterLessModule<Tensor, Tensor>
    {
        internal AvgPool2d(long kernel, long? stride, long? padding, bool ceilMode, bool countPadding, long? divisor)
            : base(nameof(AvgPool2d))
        {
            kernel_size = [kernel, kernel];
            this.stride = [stride ?? kernel, stride ?? kernel];
            this.padding = [padding ?? 0, padding ?? 0];
            (ceil_mode, count_include_pad, divisor_override) = (ceilMode, countPadding, divisor);
        }

        /// <summary>Extents of the window.</summary>
        public long[] kernel_size { get; }

        /// <summary>Steps of the window.</summary>
        public long[] stride { get; }

        /// <summary>How far the input is surrounded with 0.</summary>
        public long[] padding { get; }

        /// <summary>Whether a last, incomplete window counts.</summary>
        public bool ceil_mode { get; }

        /// <summary>Whether the surrounding counts in the mean.</summary>
        public bool count_include_pad { get; }

        /// <summary>What sums are divided by instead of the window's size.</summary>
        public long? divisor_override { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) =>
            torch.nn.functional.avg_pool2d(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.AvgPool2d"/>
            public static Modules.AvgPool2d AvgPool2d(
                long kernel_size,
                long? stride = null,
                long? padding = null,
                bool ceil_mode = false,
                bool count_include_pad = true,
                long? divisor_override = null) =>
                new(kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);
        }
    }
}

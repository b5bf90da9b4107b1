namespace Dfx.Torch.Modules
{
    /// <summary>Resizes images to a size or by a factor.</summary>
    public sealed class Upsample : ParameterLessModule<Tensor, Tensor>
    {
        private readonly long[]? _size;
        private readonly double[]? _factor;

        internal Upsample(long[]? size, double[]? factor, torch.UpsampleMode mode, bool? alignCorners)
            : base(nameof(Upsample))
        {
            (_size, _factor) = (size, factor);
            (this.mode, align_corners) = (mode, alignCorners);
        }

        /// <summary>How it resizes.</summary>
        public torch.UpsampleMode mode { get; }

        /// <summary>Whether the centres of the corner pixels stay.</summary>
        public bool? align_corners { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) =>
            torch.nn.functional.interpolate(input, _size, _factor, (torch.InterpolationMode)mode, align_corners);
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Upsample"/>
            public static Modules.Upsample Upsample(
                long[]? size = null,
                double[]? scale_factor = null,
                UpsampleMode mode = UpsampleMode.Nearest,
                bool? align_corners = null,
                bool? recompute_scale_factor = null) =>
                recompute_scale_factor is null or false
                    ? new(size, scale_factor, mode, align_corners)
                    : throw new NotSupportedException("Upsample is bound without recompute_scale_factor.");
        }
    }
}

namespace Dfx.Torch.Modules
{
    /// <summary>Normalises the trailing dimensions to mean 0 and variance 1, then scales and shifts.</summary>
    public sealed class LayerNorm : torch.nn.Module<Tensor, Tensor>
    {
        internal LayerNorm(long[] shape, double eps, bool affine, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(LayerNorm))
        {
            (normalized_shape, this.eps, elementwise_affine) = (shape, eps, affine);
            if (affine)
            {
                weight = new Parameter(torch.ones(shape, dtype, device));
                register_parameter(nameof(weight), weight);
            }

            if (affine && hasBias)
            {
                bias = new Parameter(torch.zeros(shape, dtype, device));
                register_parameter(nameof(bias), bias);
            }
        }

        /// <summary>The extents that are normalised.</summary>
        public long[] normalized_shape { get; }

        /// <summary>What is added to the variance.</summary>
        public double eps { get; }

        /// <summary>Whether it scales and shifts.</summary>
        public bool elementwise_affine { get; }

        /// <summary>The scale, or null.</summary>
        public Parameter? weight { get; }

        /// <summary>The shift, or null.</summary>
        public Parameter? bias { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => torch.nn.functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.LayerNorm"/>
            public static Modules.LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            /// <inheritdoc cref="Modules.LayerNorm"/>
            public static Modules.LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, device, dtype);
        }
    }
}

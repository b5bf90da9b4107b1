namespace Dfx.Torch.Modules
{
    /// <summary>x W^T + b: [..., in] to [..., out].</summary>
    public sealed class Linear : torch.nn.Module<Tensor, Tensor>
    {
        internal Linear(long inputs, long outputs, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(Linear))
        {
            (in_features, out_features) = (inputs, outputs);
            weight = new Parameter(torch.empty([outputs, inputs], dtype, device));
            register_parameter(nameof(weight), weight);
            if (hasBias)
            {
                bias = new Parameter(torch.empty([outputs], dtype, device));
                register_parameter(nameof(bias), bias);
            }

            Initial.Uniform(weight, bias);
        }

        /// <summary>Extent of the input.</summary>
        public long in_features { get; }

        /// <summary>Extent of the output.</summary>
        public long out_features { get; }

        /// <summary>[out, in].</summary>
        public Parameter weight { get; }

        /// <summary>[out], or null.</summary>
        public Parameter? bias { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => torch.nn.functional.linear(tensor, weight, bias);
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Linear"/>
            /// <remarks>Initialised as PyTorch does: uniform in ± 1 / √in.</remarks>
            public static Modules.Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);
        }
    }
}

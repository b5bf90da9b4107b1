namespace Dfx.Torch.Modules
{
    /// <summary>Normalises groups of channels of each sample to mean 0 and variance 1, then scales and shifts: [N, C, …] to the same.</summary>
    public sealed class GroupNorm : torch.nn.Module<Tensor, Tensor>
    {
        internal GroupNorm(long groups, long channels, double eps, bool affine, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(GroupNorm))
        {
            (num_groups, this.eps, this.affine) = (groups, eps, affine);
            if (affine)
            {
                weight = new Parameter(torch.ones([channels], dtype, device));
                bias = new Parameter(torch.zeros([channels], dtype, device));
                register_parameter(nameof(weight), weight);
                register_parameter(nameof(bias), bias);
            }
        }

        /// <summary>How many groups.</summary>
        public long num_groups { get; }

        /// <summary>What is added to the variance.</summary>
        public double eps { get; }

        /// <summary>Whether it scales and shifts.</summary>
        public bool affine { get; }

        /// <summary>[C], or null.</summary>
        public Parameter? weight { get; }

        /// <summary>[C], or null.</summary>
        public Parameter? bias { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => torch.nn.functional.group_norm(tensor, num_groups, weight, bias, eps);
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.GroupNorm"/>
            public static Modules.GroupNorm GroupNorm(
                long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_groups, num_channels, eps, affine, device, dtype);
        }
    }
}

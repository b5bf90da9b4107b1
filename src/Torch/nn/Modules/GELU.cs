namespace Dfx.Torch.Modules
{
    /// <summary>x Phi(x), Phi the normal distribution function.</summary>
    public sealed class GELU : ParameterLessModule<Tensor, Tensor>
    {
        internal GELU()
            : base(nameof(GELU))
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => torch.nn.functional.gelu(tensor);
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.GELU"/>
            public static Modules.GELU GELU() => new();
        }
    }
}

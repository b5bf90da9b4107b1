namespace Dfx.Torch.Modules
{
    /// <summary>x sigmoid(x).</summary>
    public sealed class SiLU : ParameterLessModule<Tensor, Tensor>
    {
        internal SiLU(bool inplace)
            : base(nameof(SiLU)) => this.inplace = inplace;

        /// <summary>Whether the input itself is changed.</summary>
        public bool inplace { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => torch.nn.functional.silu(tensor, inplace);
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.SiLU"/>
            public static Modules.SiLU SiLU() => new(false);

            /// <inheritdoc cref="Modules.SiLU"/>
            public static Modules.SiLU SiLU(bool inplace) => new(inplace);
        }
    }
}

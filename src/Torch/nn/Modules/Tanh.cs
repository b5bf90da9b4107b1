namespace Dfx.Torch.Modules
{
    /// <summary>tanh(x).</summary>
    public sealed class Tanh : ParameterLessModule<Tensor, Tensor>
    {
        internal Tanh(bool inplace)
            : base(nameof(Tanh)) => this.inplace = inplace;

        /// <summary>Whether the input itself is changed.</summary>
        public bool inplace { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => torch.nn.functional.tanh(tensor, inplace);
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Tanh"/>
            public static Modules.Tanh Tanh(bool inplace = false) => new(inplace);
        }
    }
}

namespace Dfx.Torch.Modules
{
    /// <summary>max(x, 0).</summary>
    public sealed class ReLU : ParameterLessModule<Tensor, Tensor>
    {
        internal ReLU(bool inplace)
            : base(nameof(ReLU)) => this.inplace = inplace;

        /// <summary>Whether the input itself is changed.</summary>
        public bool inplace { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => torch.nn.functional.relu(tensor, inplace);
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.ReLU"/>
            public static Modules.ReLU ReLU(bool inplace = false) => new(inplace);
        }
    }
}

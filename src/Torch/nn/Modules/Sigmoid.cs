namespace Dfx.Torch.Modules
{
    /// <summary>1 / (1 + exp(-x)).</summary>
    public sealed class Sigmoid : ParameterLessModule<Tensor, Tensor>
    {
        internal Sigmoid()
            : base(nameof(Sigmoid))
        {
        }

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor) => torch.nn.functional.sigmoid(tensor);
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Sigmoid"/>
            public static Modules.Sigmoid Sigmoid() => new();
        }
    }
}

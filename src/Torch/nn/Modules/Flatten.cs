namespace Dfx.Torch.Modules
{
    /// <summary>The dimensions from start to end made one.</summary>
    public sealed class Flatten : ParameterLessModule<Tensor, Tensor>
    {
        private readonly long _start;
        private readonly long _end;

        internal Flatten(long start, long end)
            : base(nameof(Flatten)) => (_start, _end) = (start, end);

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => input.flatten(_start, _end);
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Flatten"/>
            public static Modules.Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);
        }
    }
}

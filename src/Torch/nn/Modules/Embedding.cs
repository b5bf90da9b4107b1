namespace Dfx.Torch.Modules
{
    /// <summary>A table of vectors: indices (int64) [...] to [..., dims].</summary>
    public sealed class Embedding : torch.nn.Module<Tensor, Tensor>
    {
        private readonly long _padding;

        internal Embedding(long count, long dims, long? padding, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(Embedding))
        {
            // libtorch counts no index from the end, PyTorch does; -1 stands for none there.
            _padding = padding < 0 ? padding.Value + count : padding ?? -1;
            weight = new Parameter(torch.randn([count, dims], dtype, device));
            register_parameter(nameof(weight), weight);
            if (padding is { } row)
            {
                using var outside = torch.no_grad();
                using var padded = weight.select(0, row);
                padded.fill_(0);
            }
        }

        /// <summary>[count, dims].</summary>
        public Parameter weight { get; }

        /// <inheritdoc/>
        public override Tensor forward(Tensor input) => Native.dfx_embedding(weight, input, _padding);
    }
}

namespace Dfx.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Embedding"/>
            /// <exception cref="NotSupportedException">An option other than padding_idx.</exception>
            public static Modules.Embedding Embedding(
                long num_embeddings,
                long embedding_dims,
                long? padding_idx = null,
                double? max_norm = null,
                double norm_type = 2.0,
                bool scale_grad_by_freq = false,
                bool sparse = false,
                Device? device = null,
                ScalarType? dtype = null) =>
                max_norm is null && !scale_grad_by_freq && !sparse
                    ? new(num_embeddings, embedding_dims, padding_idx, device, dtype)
                    : throw new NotSupportedException("Embedding is bound without max_norm, scale_grad_by_freq and sparse.");
        }
    }
}

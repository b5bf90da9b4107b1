namespace Dfx.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements in order along a dimension, and where each was (int64).</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            NativeResults.Two(Native.dfx_sort(this, dim, descending ? 1 : 0, stable ? 1 : 0));

        /// <summary>Where the elements in order along a dimension are (int64).</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => Native.dfx_argsort(this, dim, descending ? 1 : 0);

        /// <summary>The k largest (or smallest) elements along a dimension, and where they are (int64).</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            NativeResults.Two(Native.dfx_topk(this, k, dim, largest ? 1 : 0, sorted ? 1 : 0));

        /// <summary>The distinct elements, where each element is among them, and how often each occurs.</summary>
        /// <remarks>Over the flattened tensor: <paramref name="dim"/> must be null. What was not asked for is null.</remarks>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            if (dim is not null)
            {
                throw new NotSupportedException("unique along a dimension is not bound.");
            }

            var (output, inverse, counts) = NativeResults.Three(Native.dfx_unique(this, sorted ? 1 : 0, return_inverse ? 1 : 0, return_counts ? 1 : 0));
            return (output, Asked(inverse, return_inverse), Asked(counts, return_counts));

            static Tensor? Asked(Tensor tensor, bool asked)
            {
                if (asked)
                {
                    return tensor;
                }

                tensor.Dispose();
                return null;
            }
        }

        /// <summary>How often each integer from 0 on occurs, weighted if weights are given.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) => Native.dfx_bincount(this, weights, minlength);

        /// <summary>Draws indices of rows (or of the vector) with the given, not necessarily normalised probabilities.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Native.dfx_multinomial(this, num_samples, replacement ? 1 : 0, generator);
    }
}

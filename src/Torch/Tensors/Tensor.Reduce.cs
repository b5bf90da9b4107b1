namespace Dfx.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of all elements, summed in the given dtype if there is one.</summary>
        public Tensor sum(ScalarType? type = null) => Native.dfx_sum_all(this, (int?)type ?? -1);

        /// <summary>The sum over one dimension.</summary>
        [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        /// <summary>The sum over two dimensions.</summary>
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        /// <summary>The sum over three dimensions.</summary>
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1, dim2], keepdim, type);

        /// <summary>The sum over several dimensions.</summary>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Native.dfx_sum_dims(this, dim, dim.Length, keepdim ? 1 : 0, (int?)type ?? -1);

        /// <summary>The mean of all elements; floating-point or complex dtypes only.</summary>
        public Tensor mean() => Native.dfx_mean_all(this, -1);

        /// <summary>The mean over several dimensions.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Native.dfx_mean_dims(this, dimensions, dimensions.Length, keepdim ? 1 : 0, (int?)type ?? -1);

        /// <summary>The product of all elements.</summary>
        public Tensor prod(ScalarType? type = null) => Native.dfx_prod_all(this, (int?)type ?? -1);

        /// <summary>The product over one dimension.</summary>
        [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) =>
            Native.dfx_prod_dim(this, dim, keepdim ? 1 : 0, (int?)type ?? -1);

        /// <summary>The median of all elements; the lower of two.</summary>
        public Tensor median() => Native.dfx_median_all(this);

        /// <summary>The p-norm of all elements.</summary>
        public Tensor norm(float p = 2f) => Native.dfx_norm(this, p);

        /// <summary>The p-norm over one dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2f) => Native.dfx_norm_dim(this, dim, keepdim ? 1 : 0, p);

        /// <summary>log(sum(exp(x))) over one dimension, stable.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => Native.dfx_logsumexp(this, [dim], 1, keepdim ? 1 : 0);

        /// <summary>The running sum along a dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => Native.dfx_cumsum(this, dim, (int?)type ?? -1);

        /// <summary>The running product along a dimension.</summary>
        public Tensor cumprod(long dim, ScalarType? type = null) => Native.dfx_cumprod(this, dim, (int?)type ?? -1);

        /// <summary>How many elements are not zero, over several dimensions or over all.</summary>
        public Tensor count_nonzero(long[]? dims = null) => Native.dfx_count_nonzero(this, dims, dims?.Length ?? 0);

        /// <summary>The largest element.</summary>
        public Tensor max() => Native.dfx_max_all(this);

        /// <summary>The largest elements along a dimension, and where they are (int64).</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) =>
            NativeResults.Two(Native.dfx_max_dim(this, dim, keepdim ? 1 : 0));

        /// <summary>The largest over several dimensions, or over all for none.</summary>
        public Tensor amax(params long[] dims) => Native.dfx_amax(this, dims, dims.Length, 0);

        /// <summary>The largest over several dimensions.</summary>
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => @out is null
            ? Native.dfx_amax(this, dims, dims.Length, keepdim ? 1 : 0)
            : throw new NotSupportedException("An output tensor is not bound; copy the result instead.");

        /// <summary>Where the largest element is, in row-major order (int64).</summary>
        public Tensor argmax() => Native.dfx_argmax_all(this);

        /// <summary>Where the largest elements along a dimension are (int64).</summary>
        public Tensor argmax(long dim, bool keepdim = false) => Native.dfx_argmax_dim(this, dim, keepdim ? 1 : 0);

        /// <summary>The smallest element.</summary>
        public Tensor min() => Native.dfx_min_all(this);

        /// <summary>The smallest elements along a dimension, and where they are (int64).</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) =>
            NativeResults.Two(Native.dfx_min_dim(this, dim, keepdim ? 1 : 0));

        /// <summary>The smallest over several dimensions, or over all for none.</summary>
        public Tensor amin(params long[] dims) => Native.dfx_amin(this, dims, dims.Length, 0);

        /// <summary>The smallest over several dimensions.</summary>
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => @out is null
            ? Native.dfx_amin(this, dims, dims.Length, keepdim ? 1 : 0)
            : throw new NotSupportedException("An output tensor is not bound; copy the result instead.");

        /// <summary>Where the smallest element is, in row-major order (int64).</summary>
        public Tensor argmin() => Native.dfx_argmin_all(this);

        /// <summary>Where the smallest elements along a dimension are (int64).</summary>
        public Tensor argmin(long dim, bool keepdim = false) => Native.dfx_argmin_dim(this, dim, keepdim ? 1 : 0);

        /// <summary>Whether one element is not zero.</summary>
        public Tensor any() => Native.dfx_any_all(this);

        /// <summary>Whether one element is not zero, along a dimension.</summary>
        public Tensor any(long dim, bool keepdim = false) => Native.dfx_any_dim(this, dim, keepdim ? 1 : 0);

        /// <summary>Whether all elements are not zero.</summary>
        public Tensor all() => Native.dfx_all_all(this);

        /// <summary>Whether all elements are not zero, along a dimension.</summary>
        public Tensor all(long dim, bool keepdim = false) => Native.dfx_all_dim(this, dim, keepdim ? 1 : 0);

        /// <summary>The standard deviation of all elements; unbiased divides by one less than their number.</summary>
        public Tensor std(bool unbiased = true) => Native.dfx_std(this, [], 0, unbiased ? 1 : 0, 0);

        /// <summary>The standard deviation over one dimension.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        /// <summary>The standard deviation over several dimensions, of the tensor in the given dtype if there is one.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            using var cast = type is { } to ? this.to(to) : alias();
            return Native.dfx_std(cast, dimensions, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0);
        }

        /// <summary>The standard deviation and the mean of all elements.</summary>
        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => NativeResults.Two(Native.dfx_std_mean(this, [], 0, unbiased ? 1 : 0, 0));

        /// <summary>The standard deviation and the mean over several dimensions, of the tensor in the given dtype if there is one.</summary>
        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            using var cast = type is { } to ? this.to(to) : alias();
            return NativeResults.Two(Native.dfx_std_mean(cast, dimensions, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0));
        }

        /// <summary>The variance of all elements; unbiased divides by one less than their number.</summary>
        public Tensor var(bool unbiased = true) => Native.dfx_var(this, [], 0, unbiased ? 1 : 0, 0);

        /// <summary>The variance over one dimension.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        /// <summary>The variance over several dimensions, of the tensor in the given dtype if there is one.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            using var cast = type is { } to ? this.to(to) : alias();
            return Native.dfx_var(cast, dimensions, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0);
        }

        /// <summary>The variance and the mean of all elements.</summary>
        public (Tensor var, Tensor mean) var_mean(bool unbiased = true) => NativeResults.Two(Native.dfx_var_mean(this, [], 0, unbiased ? 1 : 0, 0));

        /// <summary>The variance and the mean over several dimensions, of the tensor in the given dtype if there is one.</summary>
        /// <remarks>TorchSharp calls the first of the two "std" here; it is the variance all the same.</remarks>
        public (Tensor std, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            using var cast = type is { } to ? this.to(to) : alias();
            return NativeResults.Two(Native.dfx_var_mean(cast, dimensions, dimensions.Length, unbiased ? 1 : 0, keepdim ? 1 : 0));
        }
    }
}

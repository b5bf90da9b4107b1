namespace Dfx.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The same elements in another shape, without a copy; -1 for an extent to be worked out.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The strides do not allow it.</exception>
        public Tensor view(params long[] shape) => Native.dfx_view(this, shape, shape.Length);

        /// <summary>The same elements in another shape, with a copy where a view cannot do.</summary>
        public Tensor reshape(params long[] shape) => Native.dfx_reshape(this, shape, shape.Length);

        /// <summary>The shape of another tensor, as a view.</summary>
        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>The dimensions in another order, as a view.</summary>
        public Tensor permute(params long[] permutation) => Native.dfx_permute(this, permutation, permutation.Length);

        /// <summary>Two dimensions exchanged, as a view.</summary>
        public Tensor transpose(long dim0, long dim1) => Native.dfx_transpose(this, dim0, dim1);

        /// <summary>A matrix transposed, as a view.</summary>
        public Tensor t() => Native.dfx_t(this);

        /// <summary>The last two dimensions exchanged, as a view.</summary>
        public Tensor mT => transpose(-2, -1);

        /// <summary>Dimensions moved to other places, as a view.</summary>
        public Tensor movedim(long[] source, long[] destination) => Native.dfx_movedim(this, source, source.Length, destination, destination.Length);

        /// <summary>Dimensions of extent 1 removed, all of them or one, as a view.</summary>
        public Tensor squeeze(long? dim = null) => dim is { } d ? Native.dfx_squeeze_dim(this, d) : Native.dfx_squeeze(this);

        /// <summary>A dimension of extent 1 inserted, as a view.</summary>
        public Tensor unsqueeze(long dim) => Native.dfx_unsqueeze_dim(this, dim);

        /// <summary>Dimensions of extent 1 repeated to the given extents without a copy; -1 keeps an extent.</summary>
        public Tensor expand(params long[] sizes) => Native.dfx_expand(this, sizes, sizes.Length);

        /// <summary>Expanded to the shape of another tensor.</summary>
        public Tensor expand_as(Tensor other) => expand(other.shape);

        /// <summary>Broadcast to a shape without a copy.</summary>
        public Tensor broadcast_to(params long[] shape) => expand(shape);

        /// <summary>Copies laid side by side along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => Native.dfx_repeat(this, sizes, sizes.Length);

        /// <summary>Each element repeated, along a dimension or of the flattened tensor.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Native.dfx_repeat_interleave(this, repeats, dim ?? long.MinValue);

        /// <summary>Each element repeated as often as its entry in <paramref name="repeats"/> (int64) says.</summary>
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Native.dfx_repeat_interleave_tensor(this, repeats, dim ?? long.MinValue);

        /// <summary>The dimensions from start to end made one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Native.dfx_flatten(this, start_dim, end_dim);

        /// <summary>One dimension split into several, as a view.</summary>
        public Tensor unflatten(long dim, params long[] sizes) => Native.dfx_unflatten(this, dim, sizes, sizes.Length);

        /// <summary>The order of elements reversed along dimensions, as a copy.</summary>
        public Tensor flip(params long[] dims) => Native.dfx_flip(this, dims, dims.Length);

        /// <summary>The elements shifted round along dimensions.</summary>
        public Tensor roll(long[] shifts, long[] dims) => Native.dfx_roll(this, shifts, shifts.Length, dims, dims.Length);

        /// <summary>The elements shifted round along a dimension, or of the flattened tensor.</summary>
        public Tensor roll(long shifts, long? dims = null) => dims is { } d ? roll([shifts], [d]) : roll([shifts], []);

        /// <summary>A stretch along a dimension, as a view.</summary>
        public Tensor narrow(long dim, long start, long length) => Native.dfx_narrow(this, dim, start, length);

        /// <summary>One index of a dimension, which goes, as a view.</summary>
        public Tensor select(long dim, long index) => Native.dfx_select(this, dim, index);

        /// <summary>Every step-th index from start up to, not including, finish, as a view.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Native.dfx_slice(this, dim, start, finish, step);

        /// <summary>Any view of the storage, by sizes and strides in elements.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Native.dfx_as_strided(this, size, size.Length, strides, strides.Length, storageOffset);

        /// <summary>Windows along a dimension, as a view with one dimension more.</summary>
        public Tensor unfold(long dimension, long size, long step) => Native.dfx_unfold_dim(this, dimension, size, step);

        /// <summary>At most so many pieces of equal extent along a dimension (the last may be smaller), as views.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) => NativeResults.Many(Native.dfx_chunk(this, chunks, dim));

        /// <summary>Pieces of that extent along a dimension (the last may be smaller), as views.</summary>
        public Tensor[] split(long size, int dim = 0) => NativeResults.Many(Native.dfx_split(this, size, dim));

        /// <summary>Pieces of those extents along a dimension, as views.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => NativeResults.Many(Native.dfx_split_sizes(this, sizes, sizes.Length, dim));

        /// <summary>Every index of a dimension by itself, as views.</summary>
        public Tensor[] unbind(long dimension = 0) => NativeResults.Many(Native.dfx_unbind(this, dimension));

        /// <summary>The same elements in row-major order; the tensor itself if they are.</summary>
        public Tensor contiguous() => Native.dfx_contiguous(this);

        /// <summary>A copy that keeps its place in the graph.</summary>
        public Tensor clone() => Native.dfx_clone(this);

        /// <summary>The same tensor behind another handle.</summary>
        public Tensor alias() => Native.dfx_alias(this);

        /// <summary>A matrix with this on its diagonal, or the diagonal of this matrix.</summary>
        public Tensor diag(long diagonal = 0) => Native.dfx_diag(this, diagonal);

        /// <summary>The diagonal of two dimensions, as a view.</summary>
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Native.dfx_diagonal(this, offset, dim1, dim2);

        /// <summary>The lower triangle; the rest is 0.</summary>
        public Tensor tril(long diagonal = 0) => Native.dfx_tril(this, diagonal);

        /// <summary>The upper triangle; the rest is 0.</summary>
        public Tensor triu(long diagonal = 0) => Native.dfx_triu(this, diagonal);
    }
}

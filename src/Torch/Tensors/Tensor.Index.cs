using System.Runtime.CompilerServices;

namespace Dfx.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements at one index of the first dimension; assigning copies into them.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => this[TensorIndex.Single(i1)];
            set => this[TensorIndex.Single(i1)] = value;
        }

        /// <summary>The elements at one index of the first two dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => this[TensorIndex.Single(i1), TensorIndex.Single(i2)];
            set => this[TensorIndex.Single(i1), TensorIndex.Single(i2)] = value;
        }

        /// <summary>The elements at one index of the first three dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => this[TensorIndex.Single(i1), TensorIndex.Single(i2), TensorIndex.Single(i3)];
            set => this[TensorIndex.Single(i1), TensorIndex.Single(i2), TensorIndex.Single(i3)] = value;
        }

        /// <summary>The elements at one index of the first four dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => this[TensorIndex.Single(i1), TensorIndex.Single(i2), TensorIndex.Single(i3), TensorIndex.Single(i4)];
            set => this[TensorIndex.Single(i1), TensorIndex.Single(i2), TensorIndex.Single(i3), TensorIndex.Single(i4)] = value;
        }

        /// <summary>The elements that an expression of integers, slices, masks and index tensors selects.</summary>
        /// <remarks>Integers and slices give a view, index tensors and masks a copy. Assigning broadcasts the value into them.</remarks>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The elements at the places that index tensors (int64) or a mask (bool) name.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));
        }

        /// <inheritdoc cref="this[TensorIndex[]]"/>
        public unsafe Tensor index(params TensorIndex[] indices)
        {
            fixed (NativeIndex* p = Array.ConvertAll(indices, i => i.ToNative()))
            {
                var result = Native.dfx_index(this, p, indices.Length);
                GC.KeepAlive(indices);
                return result;
            }
        }

        /// <inheritdoc cref="this[Tensor[]]"/>
        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));

        /// <summary>Puts a value, broadcast, where the index expression points.</summary>
        public unsafe Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            fixed (NativeIndex* p = Array.ConvertAll(indices, i => i.ToNative()))
            {
                NativeResults.Check(Native.dfx_index_put(this, p, indices.Length, value));
                GC.KeepAlive(indices);
                return this;
            }
        }

        /// <summary>The slices of a dimension that an index tensor (int32 or int64, one-dimensional) names.</summary>
        public Tensor index_select(long dim, Tensor index) => Native.dfx_index_select(this, dim, index);

        /// <summary>Along a dimension, the elements that an index tensor (int64, same number of dimensions) names.</summary>
        public Tensor gather(long dim, Tensor index) => Native.dfx_gather(this, dim, index);

        /// <summary>Like <see cref="gather(long, Tensor)"/>, with broadcasting.</summary>
        public Tensor take_along_dim(Tensor indices, long dim) => Native.dfx_take_along_dim(this, indices, dim);

        /// <summary>The elements where the mask (bool, broadcast) holds, one-dimensional.</summary>
        public Tensor masked_select(Tensor mask) => Native.dfx_masked_select(this, mask);

        /// <summary>The places of the elements that are not zero, one row (int64) each.</summary>
        public Tensor nonzero() => Native.dfx_nonzero(this);

        /// <summary>This with the elements of src at the places along a dimension that the index names.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Native.dfx_scatter(this, dim, index, src);

        /// <inheritdoc cref="scatter(long, Tensor, Tensor)"/>
        /// <remarks>In place.</remarks>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => After(Native.dfx_scatter_(this, dim, index, src));

        /// <summary>This with the elements of src added at the places along a dimension that the index names.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Native.dfx_scatter_add(this, dim, index, src);

        /// <inheritdoc cref="scatter_add(long, Tensor, Tensor)"/>
        /// <remarks>In place.</remarks>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => After(Native.dfx_scatter_add_(this, dim, index, src));

        /// <summary>This with alpha source added to the slices of a dimension that the index names.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Native.dfx_index_add(this, dim, index, source, alpha);

        /// <inheritdoc cref="index_add(long, Tensor, Tensor, Scalar)"/>
        /// <remarks>In place.</remarks>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            After(Native.dfx_index_add_(this, dim, index, source, alpha));

        /// <summary>This with the slices of a dimension that the index names taken from source.</summary>
        public Tensor index_copy(long dim, Tensor index, Tensor source) => Native.dfx_index_copy(this, dim, index, source);

        /// <inheritdoc cref="index_copy(long, Tensor, Tensor)"/>
        /// <remarks>In place.</remarks>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => After(Native.dfx_index_copy_(this, dim, index, source));
    }
}

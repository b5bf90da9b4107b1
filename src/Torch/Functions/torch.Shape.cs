namespace Dfx.Torch;

public static partial class torch
{
    /// <summary>Tensors laid side by side along a dimension; other extents must agree.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Joined(tensors, h => Native.dfx_cat(h, h.Length, dim));

    /// <summary>Tensors of one shape laid side by side along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Joined([.. tensors], h => Native.dfx_stack(h, h.Length, dim));

    /// <summary>Tensors laid side by side along the second dimension, or along the first for vectors.</summary>
    public static Tensor hstack(params Tensor[] tensors) => cat(tensors, tensors.Length > 0 && tensors[0].ndim < 2 ? 0 : 1);

    /// <summary>Tensors laid below one another along the first dimension; vectors are rows.</summary>
    public static Tensor vstack(Tensor[] tensors) =>
        tensors.Length > 0 && tensors[0].ndim < 2 ? stack(tensors) : cat(tensors);

    /// <summary>Each tensor broadcast to the shape of all, as views.</summary>
    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors)
    {
        var handles = Handles.Of(tensors);
        var result = NativeResults.Many(Native.dfx_broadcast_tensors(handles, handles.Length));
        GC.KeepAlive(tensors);
        return result;
    }

    /// <summary>The coordinates of a grid, one tensor each vector; indexing "ij" or "xy".</summary>
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
    {
        if (indexing is not ("ij" or "xy"))
        {
            throw new ArgumentException($"'{indexing}' names no indexing: expected 'ij' or 'xy'.", nameof(indexing));
        }

        Tensor[] all = [.. tensors];
        var handles = Handles.Of(all);
        var result = NativeResults.Many(Native.dfx_meshgrid(handles, handles.Length, indexing == "xy" ? 1 : 0));
        GC.KeepAlive(all);
        return result;
    }

    /// <summary>Products and sums over named dimensions, such as "bij,bjk->bik".</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors)
    {
        ArgumentNullException.ThrowIfNull(equation);
        return Joined(tensors, h => Native.dfx_einsum(equation, h, h.Length));
    }

    /// <summary>The p-distances between the rows of two matrices, or of two batches of them.</summary>
    public static Tensor cdist(
        Tensor x1, Tensor x2, double p = 2.0, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        Native.dfx_cdist(x1, x2, p, (long)compute_mode);

    private static Tensor Joined(IList<Tensor> tensors, Func<nint[], Tensor> join)
    {
        var list = Handles.AsList(tensors);
        var result = join(Handles.Of(list));
        GC.KeepAlive(list);
        return result;
    }

    /// <inheritdoc cref="Tensor.matmul(Tensor)"/>
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    /// <inheritdoc cref="Tensor.mm(Tensor)"/>
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    /// <inheritdoc cref="Tensor.bmm(Tensor)"/>
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    /// <inheritdoc cref="Tensor.kron(Tensor)"/>
    public static Tensor kron(Tensor input, Tensor other) => input.kron(other);

    /// <inheritdoc cref="Tensor.dot(Tensor)"/>
    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);

    /// <inheritdoc cref="Tensor.outer(Tensor)"/>
    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    /// <inheritdoc cref="Tensor.baddbmm(Tensor, Tensor, float, float)"/>
    public static Tensor baddbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
        input.baddbmm(batch1, batch2, beta, alpha);

    /// <inheritdoc cref="Tensor.addmm(Tensor, Tensor, float, float)"/>
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) =>
        input.addmm(mat1, mat2, beta, alpha);

    /// <inheritdoc cref="Tensor.flip(long[])"/>
    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);

    /// <inheritdoc cref="Tensor.roll(long[], long[])"/>
    public static Tensor roll(Tensor input, long[] shifts, long[] dims) => input.roll(shifts, dims);

    /// <inheritdoc cref="Tensor.movedim(long[], long[])"/>
    public static Tensor movedim(Tensor input, long[] source, long[] destination) => input.movedim(source, destination);

    /// <inheritdoc cref="Tensor.diag(long)"/>
    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);

    /// <inheritdoc cref="Tensor.diagonal(long, long, long)"/>
    public static Tensor diagonal(Tensor input, long offset = 0, long dim1 = 0, long dim2 = 1) => input.diagonal(offset, dim1, dim2);

    /// <inheritdoc cref="Tensor.tril(long)"/>
    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);

    /// <inheritdoc cref="Tensor.triu(long)"/>
    public static Tensor triu(Tensor input, long diagonal = 0) => input.triu(diagonal);

    /// <inheritdoc cref="Tensor.squeeze(long?)"/>
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    /// <inheritdoc cref="Tensor.unsqueeze(long)"/>
    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);

    /// <inheritdoc cref="Tensor.gather(long, Tensor)"/>
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    /// <inheritdoc cref="Tensor.index_select(long, Tensor)"/>
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    /// <inheritdoc cref="Tensor.scatter(long, Tensor, Tensor)"/>
    public static Tensor scatter(Tensor input, long dim, Tensor index, Tensor src) => input.scatter(dim, index, src);

    /// <inheritdoc cref="Tensor.scatter_add(long, Tensor, Tensor)"/>
    public static Tensor scatter_add(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_add(dim, index, src);

    /// <inheritdoc cref="Tensor.nonzero()"/>
    public static Tensor nonzero(Tensor input) => input.nonzero();
}

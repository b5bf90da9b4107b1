using Dfx.Torch.Interop;

namespace Dfx.Numerics;

/// <summary>Sums of outer products of vectors, of which half is computed, since they are symmetric.</summary>
public static class GramSum
{
    /// <summary>sum += rows^T rows, in the elements right from the diagonal on: one call of BLAS, where libtorch shows its own.</summary>
    /// <param name="sum">float64 [D, D] on the CPU, contiguous; changed. What lies left of the diagonal may change or not.</param>
    /// <param name="rows">float64 [n, D] on the CPU, contiguous.</param>
    /// <exception cref="ArgumentException">Shape, dtype, device or layout is another one.</exception>
    public static void Add(torch.Tensor sum, torch.Tensor rows)
    {
        GramBlocks.Check(sum, rows);
        if (Native.dfx_has_syrk() == 0)
        {
            GramBlocks.Add(sum, rows);
            return;
        }

        NativeResults.Check(Native.dfx_syrk_(sum, rows));
        GC.KeepAlive((sum, rows));
    }
}

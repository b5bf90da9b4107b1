namespace Dfx.Numerics;

/// <summary>Sums of outer products of vectors, of which half is computed, since they are symmetric.</summary>
public static class GramSum
{
    /// <summary>sum += rows^T rows, in the elements right from the diagonal on.</summary>
    /// <param name="sum">float64 [D, D] on the CPU, contiguous; changed. What lies left of the diagonal may change or not.</param>
    /// <param name="rows">float64 [n, D] on the CPU, contiguous.</param>
    /// <exception cref="ArgumentException">Shape, dtype, device or layout is another one.</exception>
    public static void Add(torch.Tensor sum, torch.Tensor rows)
    {
        GramBlocks.Check(sum, rows);
        GramBlocks.Add(sum, rows);
    }
}

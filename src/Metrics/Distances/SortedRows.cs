namespace Dfx.Metrics.Distances;

/// <summary>A set of vectors in an order that depends on nothing but the set.</summary>
internal static class SortedRows
{
    /// <summary>The rows in lexicographic order.</summary>
    /// <param name="rows">float32 or float64 [n, D] on the CPU.</param>
    /// <returns>A new float64 tensor [n, D].</returns>
    public static torch.Tensor Of(torch.Tensor rows)
    {
        using var scope = torch.NewDisposeScope();
        var values = rows.to(torch.float64).contiguous().data<double>().ToArray();
        var width = (int)rows.shape[1];
        var order = Enumerable.Range(0, (int)rows.shape[0]).ToArray();
        Array.Sort(order, (a, b) => values.AsSpan(a * width, width).SequenceCompareTo(values.AsSpan(b * width, width)));
        return rows.to(torch.float64).index_select(0, torch.tensor(order)).MoveToOuterDisposeScope();
    }
}

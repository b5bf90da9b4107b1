namespace Dfx.Numerics;

/// <summary>Sums of outer products of vectors, of which half is computed, since they are symmetric.</summary>
public static class GramSum
{
    // Columns of a product's left side at once.
    private const int Columns = 512;

    /// <summary>sum += rows^T rows, in the elements right from the diagonal on.</summary>
    /// <param name="sum">float64 [D, D] on the CPU, contiguous; changed. What lies left of the diagonal may change or not.</param>
    /// <param name="rows">float64 [n, D] on the CPU, contiguous.</param>
    /// <exception cref="ArgumentException">Shape, dtype, device or layout is another one.</exception>
    public static void Add(torch.Tensor sum, torch.Tensor rows)
    {
        Check(sum, rows);
        var side = rows.shape[1];
        for (var first = 0L; first < side; first += Columns)
        {
            using var step = torch.NewDisposeScope();
            var (width, rest) = (Math.Min(Columns, side - first), side - first);
            sum.narrow(0, first, width).narrow(1, first, rest).add_(rows.narrow(1, first, width).t().mm(rows.narrow(1, first, rest)));
        }
    }

    private static void Check(torch.Tensor sum, torch.Tensor rows)
    {
        if (rows.shape is not [_, var side] || !sum.shape.SequenceEqual([side, side]))
        {
            throw new ArgumentException($"rows [{string.Join(", ", rows.shape)}] for a sum [{string.Join(", ", sum.shape)}]; expected [n, D] and [D, D]", nameof(rows));
        }

        foreach (var tensor in new[] { sum, rows })
        {
            if (tensor.dtype != torch.float64 || tensor.device_type != DeviceType.CPU || !tensor.is_contiguous())
            {
                throw new ArgumentException($"{tensor.dtype} on {tensor.device_type}; expected contiguous float64 on the CPU", nameof(rows));
            }
        }
    }
}

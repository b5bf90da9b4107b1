namespace Dfx.Numerics;

/// <summary>What both implementations of <see cref="GramSum"/> demand of their arguments, and the sum by plain products.</summary>
internal static class GramBlocks
{
    // Columns of a product's left side at once.
    private const int Columns = 512;

    internal static void Check(torch.Tensor sum, torch.Tensor rows)
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

    // What lies left of a block column was summed with the block before.
    internal static void Add(torch.Tensor sum, torch.Tensor rows)
    {
        var side = rows.shape[1];
        for (var first = 0L; first < side; first += Columns)
        {
            using var step = torch.NewDisposeScope();
            var (width, rest) = (Math.Min(Columns, side - first), side - first);
            sum.narrow(0, first, width).narrow(1, first, rest).add_(rows.narrow(1, first, width).t().mm(rows.narrow(1, first, rest)));
        }
    }
}

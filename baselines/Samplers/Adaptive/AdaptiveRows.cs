namespace Dfx.Baselines;

/// <summary>The rows that an adaptive run has not finished.</summary>
/// <param name="Index">Their rows in the batch.</param>
/// <param name="At">Where each one is.</param>
/// <param name="Steps">The length of its next step.</param>
/// <param name="Retried">Whether its last try was turned down.</param>
/// <param name="X">Their states.</param>
/// <param name="Memory">What the last accepted step left for the next.</param>
internal sealed record AdaptiveRows(long[] Index, double[] At, double[] Steps, bool[] Retried, torch.Tensor X, torch.Tensor Memory) : IDisposable
{
    public void Dispose()
    {
        X.Dispose();
        Memory.Dispose();
    }

    /// <summary>Some of the rows, in new tensors of the outer scope.</summary>
    internal AdaptiveRows Select(int[] rows)
    {
        using var scope = torch.NewDisposeScope();
        var index = torch.tensor(rows.Select(r => (long)r).ToArray(), torch.ScalarType.Int64, X.device);
        return new(
            [.. rows.Select(r => Index[r])], [.. rows.Select(r => At[r])], [.. rows.Select(r => Steps[r])], [.. rows.Select(r => Retried[r])],
            scope.MoveToOuter(X.index_select(0, index)), scope.MoveToOuter(Memory.index_select(0, index)));
    }
}

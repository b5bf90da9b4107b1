namespace Dfx.Baselines;

/// <summary>How large errors may be: atol + rtol |x| for every number, in the root of the mean square.</summary>
/// <param name="Relative">rtol.</param>
/// <param name="Absolute">atol.</param>
/// <param name="Norm">Whether the mean is over a sample or over the batch.</param>
internal sealed record Tolerance(double Relative, double Absolute, NormKind Norm)
{
    /// <summary>What an error may be, number by number.</summary>
    internal torch.Tensor Of(torch.Tensor size) => (size * Relative).add_(Absolute);

    /// <summary>The norm of each row; with a norm over the batch, the same for all rows.</summary>
    internal double[] Measure(torch.Tensor ratio)
    {
        var each = Rows.Rms(ratio);
        return Norm == NormKind.Sample ? each : [.. each.Select(_ => Math.Sqrt(each.Average(e => e * e)))];
    }
}

namespace Dfx.Metrics.Distances;

/// <summary>Sums of the kernel for each sample: from them come the estimate and its standard error.</summary>
/// <param name="Own">Over the other samples, float64 [n].</param>
/// <param name="Across">Over the reference, float64 [n].</param>
/// <param name="Within">Over pairs of different vectors of the reference, both orders.</param>
/// <param name="References">How many those are, m.</param>
internal sealed record KernelSums(torch.Tensor Own, torch.Tensor Across, double Within, long References)
{
    /// <summary>The largest D whose D^3 third moments are worth keeping.</summary>
    public const long MostForMoments = 128;

    /// <summary>The unbiased estimate of the squared maximum mean discrepancy.</summary>
    public double Estimate() => KernelDistance.Combine(
        Own.sum().ToDouble(), Own.shape[0], Within, References, Across.sum().ToDouble());

    /// <summary>
    /// Its standard error over draws of the samples, the reference being fixed, to first order (Hoeffding 1948): 2 / sqrt(n) times the
    /// standard deviation of a sample's mean kernel with the others less that with the reference. For equal distributions this part vanishes,
    /// and the error is larger than it says.
    /// </summary>
    /// <param name="draws">What the samples are draws of; null for each of itself.</param>
    public double? StandardError(Draws? draws = null)
    {
        using var scope = torch.NewDisposeScope();
        var n = (int)Own.shape[0];
        return 2 * (draws ?? new Draws(n, n)).StandardError((Own / (n - 1.0)) - (Across / (double)References));
    }
}

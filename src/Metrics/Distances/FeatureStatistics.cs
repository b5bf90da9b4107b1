namespace Dfx.Metrics.Distances;

/// <summary>Mean and covariance of a set of feature vectors.</summary>
/// <param name="Count">How many vectors, n, at least 2.</param>
/// <param name="Mean">Their mean, float64 [D] on the CPU.</param>
/// <param name="Covariance">The unbiased covariance, sum of (f - mean)(f - mean)^T / (n - 1), float64 [D, D] on the CPU.</param>
internal sealed record FeatureStatistics(long Count, torch.Tensor Mean, torch.Tensor Covariance) : IDisposable
{
    /// <summary>The statistics of feature vectors, as <see cref="ExactSums"/> makes them.</summary>
    /// <param name="features">float32 or float64 [n, D] on the CPU.</param>
    /// <exception cref="InvalidOperationException">There are fewer than two vectors, or a number is not finite.</exception>
    public static FeatureStatistics Of(torch.Tensor features) => ExactSums.Widening(features.shape[1], sums => sums.TryAdd(features));

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        Mean.Dispose();
        Covariance.Dispose();
    }
}

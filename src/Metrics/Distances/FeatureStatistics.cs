namespace Dfx.Metrics.Distances;

/// <summary>
/// Count, mean and scatter of feature vectors. Batches are joined by the pairwise update of Chan, Golub and LeVeque (1983), whose scatter is
/// about the mean at every moment, so that no digits cancel however far the features are from 0.
/// </summary>
/// <param name="Count">How many vectors, n.</param>
/// <param name="Mean">Their mean, float64 [D] on the CPU.</param>
/// <param name="Scatter">The sum of (f - mean)(f - mean)^T, float64 [D, D] on the CPU.</param>
internal sealed record FeatureStatistics(long Count, torch.Tensor Mean, torch.Tensor Scatter) : IDisposable
{
    // How many rows are widened to float64 at once.
    private const long Piece = 4096;

    /// <summary>Numbers a vector.</summary>
    public long Dimension => Mean.shape[0];

    /// <summary>The statistics of feature vectors.</summary>
    /// <param name="features">float32 or float64 [n, D] on the CPU, n at least 1.</param>
    public static FeatureStatistics Of(torch.Tensor features)
    {
        var all = OfPiece(features, 0);
        for (var first = Piece; first < features.shape[0]; first += Piece)
        {
            using var before = all;
            using var next = OfPiece(features, first);
            all = before.Merge(next);
        }

        return all;
    }

    /// <summary>The statistics of both sets together.</summary>
    public FeatureStatistics Merge(FeatureStatistics other)
    {
        using var scope = torch.NewDisposeScope();
        var total = Count + other.Count;
        var apart = other.Mean - Mean;
        var mean = Mean + (apart * ((double)other.Count / total));
        var scatter = Scatter + other.Scatter + (apart.outer(apart) * ((double)Count * other.Count / total));
        return new(total, mean.DetachFromDisposeScope(), scatter.DetachFromDisposeScope());
    }

    /// <summary>The unbiased covariance: scatter / (n - 1), a new float64 tensor [D, D].</summary>
    /// <exception cref="InvalidOperationException">There are fewer than two vectors.</exception>
    public torch.Tensor Covariance() => Count > 1
        ? Scatter / (double)(Count - 1)
        : throw new InvalidOperationException($"a covariance of {Count} feature vector; expected at least 2");

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        Mean.Dispose();
        Scatter.Dispose();
    }

    private static FeatureStatistics OfPiece(torch.Tensor features, long first)
    {
        using var scope = torch.NewDisposeScope();
        var rows = features.narrow(0, first, Math.Min(Piece, features.shape[0] - first)).to(torch.float64);
        var mean = rows.mean([0L]);
        var centred = rows - mean;
        var scatter = centred.t().mm(centred);
        return new(rows.shape[0], mean.DetachFromDisposeScope(), ((scatter + scatter.t()) / 2).DetachFromDisposeScope());
    }
}

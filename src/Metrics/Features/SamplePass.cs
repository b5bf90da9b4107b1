using Dfx.Metrics.Distances;
using Dfx.Metrics.Extractors;
using Dfx.Sdk;

namespace Dfx.Metrics.Features;

/// <summary>What one pass over a cell's samples keeps.</summary>
/// <param name="Features">All features, float32 [n, D], if they are few or a metric of the cell needs them; null if not.</param>
/// <param name="First">The features of the first samples, float32 [up to 4096, D].</param>
/// <param name="Logits">All logits, float32 [n, classes], if a metric of the cell needs them; null if not.</param>
/// <param name="Statistics">Mean and covariance; null for no more samples than features, whose covariance is singular.</param>
internal sealed record SamplePass(torch.Tensor? Features, torch.Tensor First, torch.Tensor? Logits, FeatureStatistics? Statistics) : IDisposable
{
    private const int Few = 4096;

    /// <summary>Makes the pass.</summary>
    /// <param name="context">The samples.</param>
    /// <param name="extractor">The network.</param>
    /// <param name="all">Whether a metric of the cell needs all features.</param>
    /// <param name="logits">Whether one needs logits.</param>
    public static SamplePass Of(MetricContext context, IFeatureExtractor extractor, bool all, bool logits)
    {
        var (count, dimension) = (context.Generated.Count, extractor.Card.Dimension);
        var kept = Math.Min(count, all ? count : Math.Max(Few, dimension));
        var features = torch.empty([kept, dimension], dtype: torch.float32).DetachFromDisposeScope();
        torch.Tensor? scores = null;
        FeatureStatistics? statistics = null;
        if (count > kept)
        {
            statistics = ExactSums.Widening(dimension, sums => FeatureReader.Each(context, extractor, context.Generated, (first, f, l) => Keep(first, f, l) && sums.TryAdd(f), logits));
        }
        else
        {
            FeatureReader.Each(context, extractor, context.Generated, Keep, logits);
            statistics = count > dimension ? FeatureStatistics.Of(features) : null;
        }

        var whole = kept == count ? features : null;
        return new(whole, features.narrow(0, 0, Math.Min(kept, Few)).DetachFromDisposeScope(), scores, statistics);

        bool Keep(int first, torch.Tensor batch, torch.Tensor? batchScores)
        {
            if (first < kept)
            {
                var rows = Math.Min(batch.shape[0], kept - first);
                features.narrow(0, first, rows).copy_(batch.narrow(0, 0, rows));
            }

            if (batchScores is not null)
            {
                scores ??= torch.empty([count, batchScores.shape[1]], dtype: torch.float32).DetachFromDisposeScope();
                scores.narrow(0, first, batch.shape[0]).copy_(batchScores);
            }

            return true;
        }
    }

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        Features?.Dispose();
        First.Dispose();
        Logits?.Dispose();
        Statistics?.Dispose();
    }
}

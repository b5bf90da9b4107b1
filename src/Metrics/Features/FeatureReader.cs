using Dfx.Metrics.Extractors;
using Dfx.Sdk;

namespace Dfx.Metrics.Features;

/// <summary>Runs images through an extractor, one batch after the other.</summary>
internal static class FeatureReader
{
    // Fixed, so that the last bits do not depend on who asks; small enough for the processor's caches.
    public const int Batch = 64;

    /// <summary>Hands on the features of all images, in their order.</summary>
    /// <param name="context">Who is told, and who may stop it.</param>
    /// <param name="extractor">The network.</param>
    /// <param name="images">The images.</param>
    /// <param name="use">
    /// Gets the index of a batch's first image, its features [n, D], and its logits [n, classes] if they are asked for; says whether to go on.
    /// </param>
    /// <param name="logits">Whether to ask for logits; the extractor is a classifier then.</param>
    /// <returns>Whether all images were handed on.</returns>
    public static bool Each(
        MetricContext context, IFeatureExtractor extractor, IImageSet images, Func<int, torch.Tensor, torch.Tensor?, bool> use, bool logits = false)
    {
        using var outside = torch.no_grad();
        if (images is MeasuredSamples measured && measured.Kept(extractor, logits) is { } kept)
        {
            using var features = kept.Features;
            using var scores = kept.Logits;
            return Parts(features, scores, use);
        }

        for (var first = 0; first < images.Count; first += Batch)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var count = Math.Min(Batch, images.Count - first);
            var batch = Filled(images.Read(first, count));
            var (features, scores) = logits ? Classify(extractor, batch) : (extractor.Features(batch), null);
            if (!use(first, features.narrow(0, 0, count), scores?.narrow(0, 0, count)))
            {
                return false;
            }

            context.Progress.Report(first + count, images.Count, "features");
        }

        return true;
    }

    private static bool Parts(torch.Tensor features, torch.Tensor? logits, Func<int, torch.Tensor, torch.Tensor?, bool> use)
    {
        for (var first = 0; first < features.shape[0]; first += Batch)
        {
            using var scope = torch.NewDisposeScope();
            var count = Math.Min(Batch, features.shape[0] - first);
            if (!use(first, features.narrow(0, first, count), logits?.narrow(0, first, count)))
            {
                return false;
            }
        }

        return true;
    }

    private static (torch.Tensor Features, torch.Tensor? Logits) Classify(IFeatureExtractor extractor, torch.Tensor batch) =>
        ((IClassifier)extractor).Classify(batch);

    // Libraries choose other kernels for a smaller last batch, and its images would have other last bits.
    internal static torch.Tensor Filled(torch.Tensor images)
    {
        var missing = Batch - images.shape[0];
        return missing == 0 ? images : torch.cat([images, torch.zeros([missing, .. images.shape[1..]], dtype: images.dtype)], 0);
    }
}

using Dfx.Metrics.Distances;
using Dfx.Metrics.Extractors;
using Dfx.Sdk;

namespace Dfx.Metrics;

/// <summary>The features of one cell's images, shared by its metrics through the cache.</summary>
internal sealed class FeatureSpace
{
    // Fixed, so that the last bits do not depend on who asks; small enough for the processor's caches.
    private const int Batch = 64;

    private readonly MetricContext _context;
    private readonly IFeatureExtractor _extractor;

    private FeatureSpace(MetricContext context, IFeatureExtractor extractor) => (_context, _extractor) = (context, extractor);

    /// <summary>The extractor's card.</summary>
    public ExtractorCard Card => _extractor.Card;

    /// <summary>Features of the samples, float32 [n, D].</summary>
    public torch.Tensor Generated => _context.Cache.Once($"features/{Card.Key}/generated", () => Extract(_context.Generated));

    /// <summary>Features of the reference, float32 [m, D].</summary>
    public torch.Tensor Reference => _context.Cache.Once($"features/{Card.Key}/reference", () =>
        Stored("features", () => Named(Extract(_context.Reference)))["value"].alias().DetachFromDisposeScope());

    /// <summary>Opens the space of a cell.</summary>
    /// <exception cref="NotApplicableException">No extractor fits, or there are too few images.</exception>
    public static FeatureSpace Of(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var (what, count) in new[] { ("samples", context.Generated.Count), ("reference images", context.Reference.Count) })
        {
            if (count < 2)
            {
                throw new NotApplicableException($"{count} {what}; a distance of distributions needs at least 2");
            }
        }

        return new(context, context.Cache.Once("extractor", () => FeatureExtractors.For(context.Dataset, context.Generated.Shape, context.Device)));
    }

    /// <summary>A Gaussian with the reference's mean and covariance.</summary>
    public GaussianReference Gaussian() => _context.Cache.Once($"gaussian/{Card.Key}/reference", () =>
    {
        var moments = Stored("moments", () =>
        {
            using var statistics = FeatureStatistics.Of(Reference);
            return new Dictionary<string, torch.Tensor>
            {
                ["mean"] = statistics.Mean.clone().DetachFromDisposeScope(),
                ["covariance"] = statistics.Covariance().DetachFromDisposeScope(),
            };
        });
        return new GaussianReference(moments["mean"], moments["covariance"]);
    });

    /// <summary>The reference's contribution to sums of the kernel.</summary>
    public KernelMoments ReferenceMoments()
    {
        var stored = Stored("kernel-moments", () =>
        {
            var made = KernelMoments.Of(Reference);
            return new Dictionary<string, torch.Tensor>
            {
                ["moments"] = made.Moments.DetachFromDisposeScope(),
                ["diagonal"] = torch.tensor(made.Diagonal).DetachFromDisposeScope(),
            };
        });
        return new(_context.Reference.Count, stored["moments"], stored["diagonal"].ToDouble());
    }

    /// <summary>What every number of this space must share to be comparable.</summary>
    public Dictionary<string, string> Protocol() => new()
    {
        ["extractor"] = Card.Id,
        ["weights"] = Card.WeightsSha256,
        ["layer"] = Card.Layer,
        ["dimension"] = $"{Card.Dimension}",
        ["resize"] = Card.Resize,
        ["dtype"] = "features float32, all after them float64",
        ["quantisation"] = "clamp(127.5 x + 128, 0, 255) truncated to uint8",
        ["n-generated"] = $"{_context.Generated.Count}",
        ["n-reference"] = $"{_context.Reference.Count}",
        ["reference"] = _context.Reference.Fingerprint ?? "not cached",
    };

    // A reference without a fingerprint cannot be told from another one, so nothing of it outlives the cell.
    private IReadOnlyDictionary<string, torch.Tensor> Stored(string what, Func<IReadOnlyDictionary<string, torch.Tensor>> make) =>
        _context.Reference.Fingerprint is { } fingerprint
            ? _context.Cache.Stored($"{what}/{Card.Key}/{fingerprint}", make)
            : _context.Cache.Once($"{what}/{Card.Key}/unstored", () => new Unstored(make())).Tensors;

    private torch.Tensor Extract(IImageSet images)
    {
        using var outside = torch.no_grad();
        var features = torch.empty([images.Count, Card.Dimension], dtype: torch.float32).DetachFromDisposeScope();
        for (var first = 0; first < images.Count; first += Batch)
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var count = Math.Min(Batch, images.Count - first);
            features.narrow(0, first, count).copy_(_extractor.Features(images.Read(first, count)));
            _context.Progress.Report(first + count, images.Count, "features");
        }

        return features;
    }

    private static Dictionary<string, torch.Tensor> Named(torch.Tensor value) => new() { ["value"] = value };

    private sealed record Unstored(IReadOnlyDictionary<string, torch.Tensor> Tensors) : IDisposable
    {
        public void Dispose()
        {
            foreach (var tensor in Tensors.Values)
            {
                tensor.Dispose();
            }
        }
    }
}

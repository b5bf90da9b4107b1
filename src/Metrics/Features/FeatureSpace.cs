using Dfx.Metrics.Distances;
using Dfx.Metrics.Extractors;
using Dfx.Sdk;

namespace Dfx.Metrics.Features;

/// <summary>The features of one cell's images, shared by its metrics through the cache.</summary>
internal sealed class FeatureSpace
{
    private readonly MetricContext _context;
    private readonly IFeatureExtractor _extractor;

    private FeatureSpace(MetricContext context, IFeatureExtractor extractor) => (_context, _extractor) = (context, extractor);

    /// <summary>The extractor's card.</summary>
    public ExtractorCard Card => _extractor.Card;

    /// <summary>What the samples are independent draws of.</summary>
    public Draws Draws => Draws.Of(_context);

    /// <summary>Features of the samples, float32 [n, D].</summary>
    public torch.Tensor Generated => Pass.Features ?? Once("features/generated", () => All(_context.Generated));

    /// <summary>Features of the reference, float32 [m, D].</summary>
    public torch.Tensor Reference => Once("features/reference", () =>
        Stored("features", () => new Dictionary<string, torch.Tensor> { ["value"] = All(_context.Reference) })["value"].alias().DetachFromDisposeScope());

    /// <summary>Logits of the samples, float32 [n, classes].</summary>
    /// <exception cref="NotApplicableException">The extractor is no classifier.</exception>
    public torch.Tensor Logits => _extractor is IClassifier
        ? Pass.Logits ?? Once("logits", () => SamplePass.Of(_context, _extractor, all: true, logits: true)).Logits!
        : throw new NotApplicableException($"{Card.Id} is no classifier");

    /// <summary>What one pass over the samples kept.</summary>
    public SamplePass Pass => Once("samples", () =>
        SamplePass.Of(_context, _extractor, Needed(MetricIds.OfSingleFeatures), _extractor is IClassifier && Needed(MetricIds.OfLogits)));

    /// <summary>Opens the space of a cell.</summary>
    /// <param name="context">The cell.</param>
    /// <param name="choice">The network, for data that are images.</param>
    /// <exception cref="NotApplicableException">No extractor fits, or there are too few images.</exception>
    public static FeatureSpace Of(MetricContext context, ExtractorChoice choice)
    {
        ArgumentNullException.ThrowIfNull(context);
        RefuseFew(context);
        return !context.Data.IsImages ? Raw(context) : new(context, context.Cache.Once($"extractor/{choice}", () =>
            FeatureExtractors.For(Name(choice), context.Dataset, context.Generated.Shape, context.Device, context.Weights)));
    }

    /// <summary>Opens the space of the values themselves: pixels of images, or the numbers of other data.</summary>
    /// <exception cref="NotApplicableException">There are too few images.</exception>
    public static FeatureSpace Raw(MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        RefuseFew(context);
        return new(context, context.Cache.Once("extractor/raw", () => new RawValues((int)context.Generated.Shape.Elements, context.Data.IsImages)));
    }

    /// <summary>A Gaussian with the reference's mean and covariance.</summary>
    public GaussianReference Gaussian() => Once("gaussian/reference", () =>
    {
        var moments = Stored("moments", () =>
        {
            var statistics = Needed(MetricIds.OfSingleFeatures) ? FeatureStatistics.Of(Reference) : Streamed(_context.Reference);
            return new Dictionary<string, torch.Tensor> { ["mean"] = statistics.Mean, ["covariance"] = statistics.Covariance };
        });
        return new GaussianReference(moments["mean"], moments["covariance"]);
    });

    /// <summary>What is made of the reference alone: kept on this machine where the reference has a fingerprint.</summary>
    /// <param name="what">What it is, and all that it depends on beside extractor and reference.</param>
    /// <param name="make">Makes the tensors; they leave every scope.</param>
    public IReadOnlyDictionary<string, torch.Tensor> Stored(string what, Func<IReadOnlyDictionary<string, torch.Tensor>> make) =>
        _context.Reference.Fingerprint is { } fingerprint
            ? _context.Cache.Stored($"{what}/{Card.Key}/{fingerprint}", make)
            : Once($"{what}/unstored", () => new Unstored(make())).Tensors;

    /// <summary>A value that the metrics of the cell share in this space.</summary>
    public T Once<T>(string what, Func<T> make)
        where T : class => _context.Cache.Once($"{what}/{Card.Key}", make);

    /// <summary>A metric's name: the standard one is for the verified weights of the standard network alone.</summary>
    /// <param name="standard">Such as <c>fid</c>.</param>
    /// <param name="other">What precedes the extractor's name, such as <c>fd</c>.</param>
    public string MetricName(string standard, string other) => Card.IsStandard ? standard : $"{other}-{Card.Id}";

    /// <summary>What every number of this space must share to be comparable.</summary>
    public Dictionary<string, string> Protocol() => Draws.Told(new()
    {
        ["extractor"] = Card.Id,
        ["weights"] = Card.WeightsSha256,
        ["layer"] = Card.Layer,
        ["dimension"] = $"{Card.Dimension}",
        ["resize"] = Card.Resize,
        ["dtype"] = "features float32, all after them float64",
        ["quantisation"] = _context.Data.IsImages ? "clamp(127.5 x + 128, 0, 255) truncated to uint8" : "none",
        ["n-generated"] = $"{_context.Generated.Count}",
        ["n-reference"] = $"{_context.Reference.Count}",
        ["reference"] = _context.Reference.Fingerprint ?? "not cached",
    });

    /// <summary>The features of any images, a new float32 tensor [n, D] that leaves every scope.</summary>
    public torch.Tensor All(IImageSet images)
    {
        var all = torch.empty([images.Count, Card.Dimension], dtype: torch.float32).DetachFromDisposeScope();
        FeatureReader.Each(_context, _extractor, images, (first, features, _) =>
        {
            all.narrow(0, first, features.shape[0]).copy_(features);
            return true;
        });
        return all;
    }

    private static void RefuseFew(MetricContext context)
    {
        foreach (var (what, count) in new[] { ("samples", context.Generated.Count), ("reference images", context.Reference.Count) })
        {
            if (count < 2)
            {
                throw new NotApplicableException($"{count} {what}; a distance of distributions needs at least 2");
            }
        }
    }

    internal static string Name(ExtractorChoice choice) => choice switch
    {
        ExtractorChoice.FmnistCnn => FmnistExtractor.Id,
        ExtractorChoice.Inception => "inception",
        ExtractorChoice.R64 => "r64",
        _ => FeatureExtractors.Auto,
    };

    private bool Needed(IEnumerable<string> metrics) => metrics.Append(KeptFeatures.Companion).Any(_context.Companions.Contains);

    private FeatureStatistics Streamed(IImageSet images) =>
        ExactSums.Widening(Card.Dimension, sums => FeatureReader.Each(_context, _extractor, images, (_, features, _) => sums.TryAdd(features)));

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

using Dfx.Data.FashionMnist;
using Dfx.Data.Images;
using Dfx.Sdk;

namespace Dfx.Metrics.Tests;

/// <summary>The real data, and contexts to measure in.</summary>
internal sealed class FashionMnist : IProgressHost, IDisposable
{
    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("dfx-test-");

    public FashionMnist()
    {
        var context = new DataContext(null, _cache.FullName);
        var dataset = new FashionMnistDataset(new());
        Fingerprint = dataset.Fingerprint(context);
        Data = dataset.Open(context);
    }

    public IDataSource Data { get; }

    public string Fingerprint { get; }

    /// <summary>Images as uint8.</summary>
    public torch.Tensor Bytes(Split split, int first, int count)
    {
        using var values = Data.Read(split, Enumerable.Range(first, count).ToArray());
        return PixelBytes.Quantize(values);
    }

    /// <summary>A context; the reference is the training set, or other images that a cache must not keep.</summary>
    public MetricContext Context(torch.Tensor generated, IMetricCache cache, torch.Tensor? reference = null) =>
        Context(generated, cache, reference is null ? new SourceImages(Data, Split.Train, Fingerprint) : new TensorImages(reference));

    /// <summary>The distance to one reference, whose statistics the dictionary keeps.</summary>
    public double Distance(torch.Tensor generated, torch.Tensor reference, Dictionary<string, IReadOnlyDictionary<string, torch.Tensor>> kept)
    {
        using var cache = new MemoryCache(kept);
        return new FrechetMetric(new()).Evaluate(Context(generated, cache, new TensorImages(reference, "the only one"))).Single().Value;
    }

    private MetricContext Context(torch.Tensor generated, IMetricCache cache, IImageSet reference) => new()
    {
        Dataset = "fashion-mnist",
        Generated = new TensorImages(generated),
        Reference = reference,
        Data = Data,
        Device = torch.CPU,
        Cache = cache,
        Progress = this,
        Companions = ["fd", "kid"],
    };

    public void Report(long done, long total, string? note = null)
    {
    }

    public void Dispose()
    {
        Data.Dispose();
        _cache.Delete(recursive: true);
    }
}

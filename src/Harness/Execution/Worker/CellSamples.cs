using Dfx.Data.Images;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Metrics;
using Dfx.Metrics.Features;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What a cell measures: its samples, with the features that were kept of them, and the truth of each if they are restored.</summary>
internal sealed class CellSamples : IDisposable
{
    private readonly JobDesk _desk;
    private torch.Tensor? _images;

    /// <param name="desk">The cell.</param>
    /// <param name="earlier">An earlier record of the same samples, or null.</param>
    internal CellSamples(JobDesk desk, JobRecord? earlier)
    {
        _desk = desk;
        _images = SampleFile.Read(desk)?.DetachFromDisposeScope();
        Truth = new ObservedImages(desk.ModelContext, desk.CellTask).Truth(desk.Job.Sampling!)?.DetachFromDisposeScope();
        var features = earlier is null ? null : Sound(KeptSamples.FeaturesOf(desk.Results, earlier.Key), earlier);
        Generated = new(desk.ModelContext.Data.Shape, desk.Job.Sampling!.Samples, features is not null && KeptFeatures.Covered(features).Count > 0 ? features : null, Again);
        Truths = Truth is null ? null : new TensorImages(Truth);
    }

    /// <summary>All samples: [N, C, H, W] on the CPU, uint8 for images; null if only features of them are left.</summary>
    internal torch.Tensor? Images => _images;

    /// <summary>The ground truth of each, or null for generation.</summary>
    internal torch.Tensor? Truth { get; }

    /// <summary>The samples as metrics see them.</summary>
    internal MeasuredSamples Generated { get; }

    /// <summary>The truth as metrics see it.</summary>
    internal IImageSet? Truths { get; }

    public void Dispose()
    {
        Generated.Dispose();
        _images?.Dispose();
        Truth?.Dispose();
    }

    /// <summary>Features that agree with themselves may be those of another cell: its record knows. Null where there are none, or others.</summary>
    private static string? Sound(string features, JobRecord earlier) => File.Exists(features) && Soundness.Problem(features, earlier) is null ? features : null;

    // The plan trusts kept features; an extractor that gives others now needs the samples after all.
    private torch.Tensor Again() => _images ??= SampleJob.Again(_desk);
}

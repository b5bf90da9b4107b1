namespace Dfx.Sdk;

/// <summary>What a metric measures, and with what.</summary>
public sealed record MetricContext
{
    /// <summary>The dataset's id, by which a metric chooses its feature extractor.</summary>
    public required string Dataset { get; init; }

    /// <summary>The samples in the order of their indices.</summary>
    public required IImageSet Generated { get; init; }

    /// <summary>The reference: the whole training set, as published protocols have it.</summary>
    public required IImageSet Reference { get; init; }

    /// <summary>The ground truth of each sample, for paired metrics; null for generation.</summary>
    public IImageSet? Truth { get; init; }

    /// <summary>
    /// How many images the samples restore: sample i restores image i modulo this number, so that more samples say nothing about more images.
    /// Null for generation.
    /// </summary>
    public int? Truths { get; init; }

    /// <summary>The training images, for metrics of memorisation.</summary>
    public required IDataSource Data { get; init; }

    /// <summary>Where networks run.</summary>
    public required torch.Device Device { get; init; }

    /// <summary>What metrics share.</summary>
    public required IMetricCache Cache { get; init; }

    /// <summary>Who is told how far the measurement has come.</summary>
    public required IProgressHost Progress { get; init; }

    /// <summary>
    /// The path of the weights file that the user added under an id such as <c>inception</c>; null where there is none. The file's content is
    /// the metric's to verify.
    /// </summary>
    public Func<string, string?> Weights { get; init; } = static _ => null;

    /// <summary>The ids of all metrics of the cell, so that the first of them keeps what another will need, and nothing that none will.</summary>
    public IReadOnlyCollection<string> Companions { get; init; } = [];

    /// <summary>Asks to stop.</summary>
    public CancellationToken Cancellation { get; init; }
}

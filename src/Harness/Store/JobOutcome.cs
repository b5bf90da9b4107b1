using System.Collections.ObjectModel;

namespace Dfx.Harness.Store;

/// <summary>What a job gave.</summary>
internal sealed record JobOutcome
{
    /// <summary>Evaluations of the main network an image that the sampler used, counted by the host.</summary>
    public double? NfeUsed { get; init; }

    /// <summary>Evaluations of second networks an image.</summary>
    public double? NfeAuxiliary { get; init; }

    /// <summary>Applications of a correction an image.</summary>
    public int? NfeCorrection { get; init; }

    /// <summary>The index of the sampler's level that a correction took over at.</summary>
    public int? StoppedAt { get; init; }

    public IReadOnlyList<MeasuredValue> Metrics { get; init; } = [];

    /// <summary>Metrics that did not apply, with the reason.</summary>
    public IReadOnlyDictionary<string, string> Unavailable { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Weights that metrics asked for and that the machine did not have: once it has some of them, a run measures again. Records of earlier hosts lack it.</summary>
    public IReadOnlyList<string> MissingWeights { get; init => field = value ?? []; } = [];

    /// <summary>Metrics that threw, with the message: the values of the others stand, and a run measures again.</summary>
    public IReadOnlyDictionary<string, string> FailedMetrics { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Learned numbers of the model's networks.</summary>
    public long? Parameters { get; init; }

    /// <summary>Files of the job, relative to its folder of artifacts.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

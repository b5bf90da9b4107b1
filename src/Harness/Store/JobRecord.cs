using System.Text.Json.Serialization;

namespace Dfx.Harness.Store;

/// <summary>What became of one job: the durable unit of a run.</summary>
internal sealed record JobRecord
{
    /// <summary>The format of records and results folders. A folder of another one is refused, never rewritten.</summary>
    internal const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The SHA-256 over <see cref="Parts"/>: same key, same result.</summary>
    public required string Key { get; init; }

    /// <summary>What the job is, without what its code and data were: two records of one identity differ in some part of the key.</summary>
    public required string Identity { get; init; }

    /// <summary>train, collect, correct, sample, cell or analyse.</summary>
    public required string Kind { get; init; }

    public required Status Status { get; init; }

    /// <summary>What a person needs to know of a job that is not ok, or of one that collects: its rows.</summary>
    public string? Message { get; init; }

    /// <summary>The worker's log, relative to the results folder.</summary>
    public string? Log { get; init; }

    /// <summary>Everything that determines the result.</summary>
    public required IReadOnlyDictionary<string, string> Parts { get; init; }

    /// <summary>What training or measuring gave; the same bytes in any run of the same key.</summary>
    public JobOutcome Outcome { get; init; } = new();

    /// <summary>How long it took and on what; differs from run to run.</summary>
    public JobTiming Timing { get; init; } = new();

    /// <summary>The results folder that it was taken over from, since it had the same key; null for what was made here.</summary>
    public string? TakenFrom { get; init; }

    /// <summary>XxHash3 of the job's files by their names; of a checkpoint, the one in its header. Null where there are none, and in records of earlier hosts.</summary>
    public IReadOnlyDictionary<string, string>? Checksums { get; init; }

    [JsonIgnore]
    internal bool IsFinal => Status.IsFinal();
}

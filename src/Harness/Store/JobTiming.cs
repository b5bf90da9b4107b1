using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Dfx.Harness.Store;

/// <summary>Seconds and bytes: no part of a result.</summary>
internal sealed record JobTiming
{
    /// <summary>This machine in eight hexadecimal digits, which say nothing of its name: times of other machines are none to go by.</summary>
    internal static string ThisMachine { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("dfx " + Environment.MachineName)))[..8];

    /// <summary><see cref="ThisMachine"/> of the machine that ran the job; null in records of before.</summary>
    public string? Machine { get; init; }

    /// <summary>The machine's device in words.</summary>
    public string? Device { get; init; }

    /// <summary>Wall-clock seconds of the whole job, those of interrupted tries that it went on from included.</summary>
    public double Seconds { get; init; }

    /// <summary>For a cell, what of <see cref="Seconds"/> its sample job took; null in records of hosts that did both in one.</summary>
    public double? SampleSeconds { get; init; }

    /// <summary>For a cell, the seconds of loading the model and sampling.</summary>
    [JsonIgnore]
    internal double SamplingSeconds => SampleSeconds ?? Math.Max(0, Seconds - (MetricSeconds ?? 0));

    /// <summary>The seconds of a job of a kind: of a cell, those of measuring it.</summary>
    internal double SecondsOf(Planning.JobKind kind) => kind == Planning.JobKind.Cell ? Math.Max(0, Seconds - SamplingSeconds) : Seconds;

    /// <summary>For a job that collects, the seconds of that alone, without loading the model.</summary>
    public double? CollectionSeconds { get; init; }

    /// <summary>For a job that was to collect a first part only, the share of the whole collection that it is, as the plugin says; null if it does not.</summary>
    public double? CollectedShare { get; init; }

    /// <summary>For a cell with a trained correction, the seconds of the correction's training until its checkpoint, without what it collected before.</summary>
    public double? CorrectSeconds { get; init; }

    /// <summary>Training seconds until each checkpoint, in the order of the fractions.</summary>
    public IReadOnlyList<double>? Checkpoints { get; init; }

    /// <summary>For a cell, the training seconds until its checkpoint.</summary>
    public double? TrainSeconds { get; init; }

    public double? LoadSeconds { get; init; }

    public double? WarmUpSeconds { get; init; }

    /// <summary>Median seconds an image over the batches, and the distance between their quartiles.</summary>
    public double? SecondsPerImage { get; init; }

    public double? SecondsPerImageIqr { get; init; }

    /// <summary>Seconds for a single image.</summary>
    public double? LatencySeconds { get; init; }

    public double? MetricSeconds { get; init; }

    /// <summary>The device's peak memory; null where it is not known.</summary>
    public long? PeakBytes { get; init; }

    /// <summary>When the job ended, UTC.</summary>
    public DateTimeOffset? Ended { get; init; }
}

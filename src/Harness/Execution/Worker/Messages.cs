using System.Text.Json;
using System.Text.Json.Serialization;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What the host asks of a worker: one line of JSON on its standard input. A job, or one of the planner's questions.</summary>
internal sealed record Request
{
    public Job? Job { get; init; }

    /// <summary>A dataset whose fingerprint is asked for.</summary>
    public DatasetSpec? Fingerprint { get; init; }

    /// <summary>A dataset whose number of test images is asked for.</summary>
    public DatasetSpec? TestImages { get; init; }

    /// <summary>A correction that is asked whether it can work.</summary>
    public CorrectionQuestion? Correction { get; init; }

    /// <summary>A device that is asked for, such as cuda or cuda:0,1.</summary>
    public string? Device { get; init; }

    /// <summary>Whether the job that runs is to stop, and the worker with it.</summary>
    public bool? Stop { get; init; }

    /// <summary>The results folder of the job.</summary>
    public string Results { get; init; } = "";

    /// <summary>The folder of what is kept across runs and matrices.</summary>
    public required string Cache { get; init; }

    /// <summary>The least time between two resumable states.</summary>
    public double SaveSeconds { get; init; }

    /// <summary>What the answers have to say, which plugins are not told.</summary>
    public string? Secret { get; init; }
}

/// <summary>What a worker tells: one line of JSON. Beside whose answer it is, one of the members is there, or none to say yes.</summary>
internal sealed record Reply
{
    /// <summary>The <see cref="Request.Secret"/> of the request.</summary>
    public string? Secret { get; init; }

    /// <summary>The key of its job; null for a question.</summary>
    public string? Job { get; init; }

    /// <summary>That the worker has come to the job.</summary>
    public bool? Begun { get; init; }

    public Progress? Progress { get; init; }

    public Finished? Finished { get; init; }

    /// <summary>A dataset's fingerprint, asked for while planning.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>A dataset's number of test images, likewise.</summary>
    public int? TestImages { get; init; }

    /// <summary>What a correction says of its options, likewise.</summary>
    public CorrectionAnswer? Correction { get; init; }
}

/// <summary>How far a job has come.</summary>
internal sealed record Progress(long Done, long Total, string? Note);

/// <summary>The end of a job, whose record is written.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Message">Its message.</param>
/// <param name="StorageFull">Whether there was no room for its results: then no record is written, and the run ends.</param>
/// <param name="Traces">What the job left behind in the process, which is not to be used again then; null if nothing.</param>
internal sealed record Finished(Status Status, string? Message, bool StorageFull = false, string? Traces = null);

/// <summary>How messages are written: on one line each.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(CorrectionQuestion))]
internal sealed partial class MessageJson : JsonSerializerContext
{
    private const int MostLetters = 1 << 14;

    internal static string Line(Request request) => JsonSerializer.Serialize(request, Default.Request);

    /// <summary>A text of a plugin's as far as a person would read it; the record has all of it.</summary>
    internal static string? Short(string? text) => text?.Length > MostLetters ? text[..MostLetters] + "…" : text;
}

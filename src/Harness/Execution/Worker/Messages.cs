using System.Text.Json;
using System.Text.Json.Serialization;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What the host asks of a worker: one line of JSON on its standard input.</summary>
/// <param name="Job">The job, or null.</param>
/// <param name="Fingerprint">A dataset whose fingerprint is asked for while planning, or null.</param>
/// <param name="Results">The results folder.</param>
/// <param name="Cache">The folder of what is kept across runs and matrices.</param>
/// <param name="SaveSeconds">The least time between two resumable states.</param>
internal sealed record Request(Job? Job, DatasetSpec? Fingerprint, string Results, string Cache, double SaveSeconds);

/// <summary>What a worker tells: one line of JSON. One of the members is there.</summary>
internal sealed record Reply
{
    public Progress? Progress { get; init; }

    public Finished? Finished { get; init; }

    /// <summary>A dataset's fingerprint, asked for while planning.</summary>
    public string? Fingerprint { get; init; }
}

/// <summary>How far a job has come.</summary>
internal sealed record Progress(long Done, long Total, string? Note);

/// <summary>The end of a job, whose record is written.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Message">Its message.</param>
/// <param name="StorageFull">Whether there was no room for its results: then no record is written, and the run ends.</param>
internal sealed record Finished(Status Status, string? Message, bool StorageFull = false);

/// <summary>How messages are written: on one line each.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Reply))]
internal sealed partial class MessageJson : JsonSerializerContext
{
    internal static string Line(Request request) => JsonSerializer.Serialize(request, Default.Request);

    internal static string Line(Reply reply) => JsonSerializer.Serialize(reply, Default.Reply);
}

using Dfx.Harness.Planning;

namespace Dfx.Harness.Store;

/// <summary>Makes records of jobs.</summary>
internal static class Records
{
    /// <summary>A record without a result.</summary>
    internal static JobRecord Of(Job job, Status status, string? message) => new()
    {
        Key = job.Key,
        Identity = job.Identity,
        Kind = Kind(job.Kind),
        Status = status,
        Message = message,
        Log = status.IsFailure() ? $"logs/{job.Key}.log" : null,
        Parts = job.Parts.ToDictionary(part => part.Key, part => part.Value, StringComparer.Ordinal),
    };

    /// <summary>The kinds of all jobs.</summary>
    internal static IReadOnlyList<string> Kinds { get; } = [.. Enum.GetValues<JobKind>().Select(Kind)];

    internal static string Kind(JobKind kind) => kind.ToString().ToLowerInvariant();
}

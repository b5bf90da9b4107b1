namespace Dfx.Harness.Store;

/// <summary>The statuses as files and people spell them.</summary>
internal static class StatusText
{
    internal static string Of(Status status) => status == Status.NotApplicable ? "not-applicable" : status.ToString().ToLowerInvariant();

    internal static Status Parse(string text) =>
        Enum.GetValues<Status>().Where(s => Of(s) == text).Select(s => (Status?)s).FirstOrDefault()
        ?? throw new FormatException($"'{text}' is no status");

    /// <summary>Whether the job need not run again: what it has is what it would have again.</summary>
    internal static bool IsFinal(this Status status) => status is Status.Ok or Status.NotApplicable or Status.Diverged;

    /// <summary>Whether the exit code tells of it.</summary>
    internal static bool IsFailure(this Status status) => status is not (Status.Ok or Status.NotApplicable);
}

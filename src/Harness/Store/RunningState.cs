namespace Dfx.Harness.Store;

/// <summary>What a host that is at work writes for <c>dfx status</c>.</summary>
internal sealed record RunningState(int ProcessId, DateTimeOffset Written, IReadOnlyList<RunningJob> Jobs);

/// <summary>A job that is running.</summary>
internal sealed record RunningJob(string Key, string Identity, double Seconds, long Done, long Total, string? Note);

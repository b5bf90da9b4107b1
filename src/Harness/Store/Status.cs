using System.Text.Json.Serialization;

namespace Dfx.Harness.Store;

/// <summary>What became of a job. The names in files are kebab-case.</summary>
internal enum Status
{
    /// <summary>It has a result.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>The combination has no meaning; this is a result, and no failure.</summary>
    [JsonStringEnumMemberName("not-applicable")]
    NotApplicable,

    /// <summary>Numbers are not finite. This is a result too: the same key would diverge again.</summary>
    [JsonStringEnumMemberName("diverged")]
    Diverged,

    /// <summary>The plugin or the host threw.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>Memory ran out, or the limit was passed.</summary>
    [JsonStringEnumMemberName("oom")]
    Oom,

    /// <summary>The time limit was passed.</summary>
    [JsonStringEnumMemberName("timeout")]
    Timeout,

    /// <summary>The worker's process ended by itself or by a signal.</summary>
    [JsonStringEnumMemberName("crashed")]
    Crashed,
}

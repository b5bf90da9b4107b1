using System.Globalization;

namespace Dfx.Harness.Execution.Host;

/// <summary>The memory of another process.</summary>
internal static class ProcessMemory
{
    /// <summary>Resident bytes, or null if the process is gone.</summary>
    internal static long? Resident(int process) => ProcessTable.Read(process, "statm") is { } text
        ? long.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize
        : null;

    /// <summary>Resident bytes, of pages that several processes share a part each; null if the process is gone.</summary>
    internal static long? Proportional(int process) => ProcessTable.Read(process, "smaps_rollup") is { } text ? Pss(text) ?? Resident(process) : Resident(process);

    // "Pss:                1234 kB"
    internal static long? Pss(string rollup) =>
        rollup.Split('\n').FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var number, ..]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes)
            ? kibibytes * 1024
            : null;
}

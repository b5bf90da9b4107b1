using System.Globalization;

namespace Dfx.Benchmarks.Edm;

/// <summary>The most memory that this process had at once, as Linux counts it.</summary>
internal static class ProcessMemory
{
    /// <summary>Forgets the maximum so far.</summary>
    internal static void Reset() => File.WriteAllText("/proc/self/clear_refs", "5");

    /// <summary>Bytes held now.</summary>
    internal static long Now => Field("VmRSS:");

    /// <summary>The most bytes held since <see cref="Reset"/>.</summary>
    internal static long Peak => Field("VmHWM:");

    private static long Field(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(name.Length).TrimEnd("kB"), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}

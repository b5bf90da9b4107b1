using System.Runtime.InteropServices;

namespace Dfx.Benchmarks.Reporting;

/// <summary>What the processes that this one started and waited for have used, and those that they waited for: Linux' getrusage.</summary>
/// <param name="Cpu">Processor time, user and system.</param>
/// <param name="PeakBytes">The most memory that one of them had.</param>
internal sealed record ChildUsage(TimeSpan Cpu, long PeakBytes)
{
    private const int Children = -1;
    private const int Words = 18;

    internal static ChildUsage Now()
    {
        // ru_utime and ru_stime as seconds and microseconds, then ru_maxrss in KiB.
        var words = new long[Words];
        _ = GetUsage(Children, words);
        return new(TimeSpan.FromSeconds(words[0] + words[2]) + TimeSpan.FromMicroseconds(words[1] + words[3]), 1024 * words[4]);
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    private static extern int GetUsage(int who, [Out] long[] usage);
}

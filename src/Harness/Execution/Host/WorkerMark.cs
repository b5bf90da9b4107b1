using System.Globalization;
using Dfx.Harness.Execution.Worker;

namespace Dfx.Harness.Execution.Host;

/// <summary>
/// What tells the processes of a worker from all others, whatever session or parent they have by now: a variable that a worker is started with and that
/// programs hand on to what they start. It says whose worker it is too.
/// </summary>
internal static class WorkerMark
{
    internal const string Variable = "DFX_WORKER";

    private static readonly string s_host = Host();

    /// <summary>A mark for a worker of this process.</summary>
    internal static string New() => $"{s_host} {Guid.NewGuid():N}";

    /// <summary>Ends what is left of workers whose host was killed, so that nobody else could.</summary>
    internal static void Sweep()
    {
        var hosts = s_host.Split(' ');
        foreach (var entry in ProcessTable.All())
        {
            if (ProcessTable.Variable(entry.Id, Variable)?.Split(' ') is [var space, var id, var started, _] && space == hosts[0] && IsGone(id, started))
            {
                Posix.End(entry.Id);
            }
        }
    }

    private static bool IsGone(string id, string started) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var host) && ProcessTable.Of(host)?.Started.ToString(CultureInfo.InvariantCulture) != started;

    // Ids are those of a namespace: the processes of a container are none of ours, even if they can be seen.
    private static string Host() => string.Create(
        CultureInfo.InvariantCulture,
        $"{new FileInfo("/proc/self/ns/pid").LinkTarget} {Environment.ProcessId} {ProcessTable.Of(Environment.ProcessId)?.Started}");
}

using Dfx.Harness.Execution.Worker;
using Dfx.Numerics;

namespace Dfx.Harness.Execution.Host;

/// <summary>A worker's process with all that it has started, and that those have started.</summary>
/// <param name="root">The worker's process.</param>
/// <param name="mark">Its <see cref="WorkerMark"/>.</param>
/// <param name="gpu">The GPU that it sees, as NVML is asked for it; null for none.</param>
internal sealed class WorkerTree(ProcessEntry root, string mark, string? gpu)
{
    // A process that starts others as fast as they are found.
    private const int MostRounds = 64;

    // Looking through all processes takes no more than this share of the time.
    private const int Rest = 20;

    // More than any machine has: nobody needs to look.
    private const long Unlimited = 1L << 50;

    private readonly HashSet<int> _ended = [];
    private DateTime _next;

    /// <summary>
    /// Bytes of memory that the tree takes: resident memory, of which what several processes share is counted once if it matters. Null if that is no more than
    /// a limit, or if nobody knows.
    /// </summary>
    internal long? Above(long limit)
    {
        var own = ProcessMemory.Resident(root.Id);
        if (own is null || own > limit || limit >= Unlimited || DateTime.UtcNow < _next)
        {
            return own > limit ? own : null;
        }

        var members = Found();
        if (members.Count == 1 || members.Sum(id => ProcessMemory.Resident(id) ?? 0) <= limit)
        {
            return null;
        }

        return members.Sum(id => ProcessMemory.Proportional(id) ?? 0) is var all && all > limit ? all : null;
    }

    /// <summary>Bytes of the GPU that the tree holds, if they are more than a limit; null if not, or where the driver does not tell.</summary>
    internal long? AboveOnGpu(long limit) =>
        gpu is not null && Nvml.Held(gpu) is { Count: > 0 } held && GpuBytes(held, Found()) is var all && all > limit ? all : null;

    /// <summary>Of the processes that hold memory of a GPU, what those of a tree hold.</summary>
    internal static long GpuBytes(IEnumerable<(int Process, long Bytes)> held, IReadOnlySet<int> tree) => held.Where(entry => tree.Contains(entry.Process)).Sum(entry => entry.Bytes);

    /// <summary>Ends all of it. The processes are stopped first, so that none starts another one meanwhile.</summary>
    internal void End()
    {
        HashSet<int> found = [];
        for (var rounds = MostRounds; rounds > 0 && Found().Except(found).ToList() is { Count: > 0 } more; rounds--)
        {
            more.ForEach(Posix.Halt);
            found.UnionWith(more);
        }

        foreach (var id in found)
        {
            Posix.End(id);
        }

        _ended.UnionWith(found);
    }

    /// <summary>Takes note of the end of those that this process took over when the worker's process ended.</summary>
    internal void Reap()
    {
        foreach (var id in _ended.Where(id => id != root.Id))
        {
            Posix.Reap(id);
        }
    }

    private HashSet<int> Found()
    {
        var begun = DateTime.UtcNow;
        var all = ProcessTable.All();
        var found = ProcessTable.Tree(all, all.Where(IsOwn).Select(entry => entry.Id));
        var now = DateTime.UtcNow;
        _next = now + ((now - begun) * Rest);
        return found;
    }

    private bool IsOwn(ProcessEntry entry) => entry.Id == root.Id
        ? entry.Started == root.Started
        : entry.Started >= root.Started && entry.Id != Environment.ProcessId && (entry.Session == root.Id || ProcessTable.Variable(entry.Id, WorkerMark.Variable) == mark);
}

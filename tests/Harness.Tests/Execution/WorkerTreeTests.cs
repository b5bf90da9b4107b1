using System.Diagnostics;
using Dfx.Harness.Execution.Host;

namespace Dfx.Harness.Tests.Execution;

/// <summary>Processes of a worker: who they are, what they take, and that they end.</summary>
[CancelAfter(20_000)]
internal sealed class WorkerTreeTests
{
    // A line of Linux 6.1; the name of a process may hold brackets and spaces.
    [Test]
    public void A_process_is_read_whatever_its_name_is(CancellationToken token)
    {
        _ = token;
        const string Stat = "4242 (a) R 1 (b) S 17 4242 99 0 -1 4194560 135 0 0 0 1 2 3 4 20 0 7 0 987654 2314240 211 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0";
        Assert.That(ProcessTable.Parse(4242, Stat), Is.EqualTo(new ProcessEntry(4242, 17, 99, 987654)));
    }

    [Test]
    public void A_tree_has_who_was_started_at_any_distance(CancellationToken token)
    {
        _ = token;
        ProcessEntry[] all = [new(30, 20, 1, 5), new(20, 10, 1, 4), new(10, 2, 1, 3), new(40, 2, 1, 6), new(50, 40, 1, 7)];
        Assert.That(ProcessTable.Tree(all, [10]), Is.EquivalentTo(new[] { 10, 20, 30 }));
    }

    [Test]
    public void Shared_pages_count_in_part(CancellationToken token)
    {
        _ = token;
        Assert.That(ProcessMemory.Pss("558a3f5000-7ffd [rollup]\nRss:                5120 kB\nPss:                1234 kB\nPss_Anon:            100 kB\n"), Is.EqualTo(1234 * 1024));
        Assert.That(ProcessMemory.Pss("nothing of the kind"), Is.Null);
    }

    /// <summary>The driver knows other processes too.</summary>
    [Test]
    public void Memory_of_a_gpu_is_summed_over_the_tree(CancellationToken token)
    {
        _ = token;
        Assert.That(WorkerTree.GpuBytes([(10, 300), (20, 40), (77, 5000)], new HashSet<int> { 10, 20, 30 }), Is.EqualTo(340));
    }

    /// <summary>Of a child that has its own session and no variables, and of one whose parent is gone but that has the mark.</summary>
    [TestCase("env -i setsid sleep 61310")]
    [TestCase("(setsid sleep 61310 &) ; sleep 61310")]
    public async Task All_that_a_process_started_ends_with_it(string command, CancellationToken token)
    {
        var mark = WorkerMark.New();
        using var process = Start(mark, command);
        var tree = new WorkerTree(ProcessTable.Of(process.Id)!, mark, null);
        while (Sleeping("61310").Count < (command.Contains('&', StringComparison.Ordinal) ? 2 : 1))
        {
            await Task.Delay(5, token);
        }

        tree.End();
        await process.WaitForExitAsync(token);
        tree.Reap();
        Assert.That(Sleeping("61310"), Is.Empty);
    }

    [Test]
    public async Task What_a_host_that_was_killed_left_is_ended_and_that_of_others_is_not(CancellationToken token)
    {
        var space = new FileInfo("/proc/self/ns/pid").LinkTarget;
        using var orphan = Start($"{space} 999999999 1 x", "sleep 61311");
        using var elsewhere = Start("pid:[1] 999999999 1 x", "sleep 61312");
        using var mine = Start(WorkerMark.New(), "sleep 61313");
        try
        {
            while (Sleeping("6131").Count < 3)
            {
                await Task.Delay(5, token);
            }

            WorkerMark.Sweep();
            await orphan.WaitForExitAsync(token);
            Assert.That((elsewhere.HasExited, mine.HasExited), Is.EqualTo((false, false)));
        }
        finally
        {
            elsewhere.Kill(entireProcessTree: true);
            mine.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(string mark, string command)
    {
        var info = new ProcessStartInfo("sh", ["-c", $"{command}; true"]);
        info.Environment[WorkerMark.Variable] = mark;
        return Process.Start(info)!;
    }

    private static List<int> Sleeping(string seconds) =>
        [.. ProcessTable.All().Select(entry => entry.Id).Where(id => ProcessTable.Read(id, "cmdline")?.StartsWith($"sleep\0{seconds}", StringComparison.Ordinal) == true)];
}

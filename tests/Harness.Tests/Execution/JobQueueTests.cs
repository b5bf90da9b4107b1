using Dfx.Harness.Execution.Host;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Store;

namespace Dfx.Harness.Tests.Execution;

/// <summary>Who gets which job when.</summary>
[CancelAfter(20_000)]
internal sealed class JobQueueTests
{
    [Test]
    public async Task Ready_jobs_come_in_the_order_of_the_plan(CancellationToken token)
    {
        var queue = Queue([Job("a"), Job("b", "a"), Job("c"), Job("d", "done")], done: ["done"]);
        var taken = new[] { await queue.Take(token), await queue.Take(token), await queue.Take(token) };
        Assert.That(taken.Select(j => j!.Key), Is.EqualTo(new[] { "a", "c", "d" }));
    }

    /// <summary>A worker goes on with cells of the plugins that it has loaded; trainings come in the order of the plan.</summary>
    [Test]
    public async Task Of_the_next_cells_the_one_that_suits_best_comes_first(CancellationToken token)
    {
        var queue = Queue([Cell("a"), Cell("b1"), Cell("c"), Cell("b2"), Cell("d", "a"), Job("t"), Cell("b3"), Cell("e")]);
        var suits = new Dictionary<char, int> { ['a'] = 0, ['b'] = 1, ['c'] = 2, ['d'] = 2, ['e'] = 0 };
        List<string> taken = [];
        while (taken.Count < 7)
        {
            taken.Add((await queue.Take(job => suits[job.Key[0]], token))!.Key);
        }

        Assert.That(taken, Is.EqualTo(new[] { "c", "b1", "b2", "b3", "a", "t", "e" }));
    }

    [Test]
    public async Task A_taker_waits_for_what_is_running(CancellationToken token)
    {
        var queue = Queue([Job("a"), Job("b", "a")]);
        var a = await queue.Take(token);
        var waiting = queue.Take(token);
        Assert.That(waiting.IsCompleted, Is.False);
        queue.Complete(a!, Status.Ok);
        Assert.That((await waiting)!.Key, Is.EqualTo("b"));
    }

    [TestCase(Status.Error)]
    [TestCase(Status.Diverged)]
    [TestCase(Status.NotApplicable)]
    public async Task What_depends_on_a_failure_is_blocked_at_any_distance(Status status, CancellationToken token)
    {
        var queue = Queue([Job("a"), Job("b", "a"), Job("c", "b"), Job("d", "c", "free"), Job("free")]);
        var a = await queue.Take(token);
        var free = await queue.Take(token);
        var blocked = queue.Complete(a!, status);
        Assert.That(queue.Complete(free!, Status.Ok), Is.Empty);
        Assert.That(await queue.Take(token), Is.Null);
        Assert.That(blocked.Select(j => j.Key), Is.EqualTo(new[] { "b", "c", "d" }));
    }

    [Test]
    public async Task All_who_wait_leave_when_the_last_job_fails(CancellationToken token)
    {
        var queue = Queue([Job("a"), Job("b", "a")]);
        var a = await queue.Take(token);
        Task<Job?>[] waiting = [queue.Take(token), queue.Take(token), queue.Take(token)];
        queue.Complete(a!, Status.Crashed);
        Assert.That(await Task.WhenAll(waiting), Has.All.Null);
    }

    [Test]
    public async Task Waiting_can_be_called_off(CancellationToken token)
    {
        var queue = Queue([Job("a"), Job("b", "a")]);
        _ = await queue.Take(token);
        using var stop = new CancellationTokenSource();
        var waiting = queue.Take(stop.Token);
        await stop.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>Eight takers, 400 jobs that each need two earlier ones: each is taken once, and never before its needs are done.</summary>
    [Test]
    public async Task Several_takers_share_the_jobs(CancellationToken token)
    {
        var random = new Random(3);
        var jobs = Enumerable.Range(0, 400).Select(i => Job($"{i}", i < 8 ? [] : [$"{random.Next(i)}", $"{random.Next(i)}"])).ToList();
        var queue = Queue(jobs);
        var done = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (await queue.Take(token) is { } job)
            {
                Assert.That(job.Needs.All(done.ContainsKey), job.Key);
                await Task.Yield();
                Assert.That(done.TryAdd(job.Key, true), job.Key);
                queue.Complete(job, Status.Ok);
            }
        }, token)));
        Assert.That(done, Has.Count.EqualTo(400));
    }

    [Test]
    public void The_rest_of_a_run_takes_what_its_kinds_took()
    {
        var jobs = new[] { TestRecords.Job("t"), TestRecords.Job("c1", JobKind.Cell), TestRecords.Job("c2", JobKind.Cell) };
        var totals = new RunTotals(jobs, 2);
        Assert.That(totals.Remaining(), Is.Null, "no kind is known yet");
        totals.Start(jobs[0]);
        Assert.That(totals.End(jobs[0]), Is.GreaterThanOrEqualTo(0));
        Assert.That(totals.Remaining(), Is.Null, "no cell has ended");
        totals.Start(jobs[1]);
        Thread.Sleep(60);
        var seconds = totals.End(jobs[1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seconds, Is.GreaterThan(0.05));
            Assert.That(totals.Remaining(), Is.EqualTo(seconds / 2).Within(1e-9), "one cell left, two workers");
            Assert.That((totals.Ended, totals.Total), Is.EqualTo((2, 3)));
        }

        totals.Start(jobs[2]);
        totals.End(jobs[2]);
        Assert.That(totals.Remaining(), Is.Zero);
    }

    [TestCase(0, "0.0s")]
    [TestCase(9.94, "9.9s")]
    [TestCase(9.96, "10s")]
    [TestCase(99.4, "99s")]
    [TestCase(99.6, "1m40s")]
    [TestCase(119.7, "2m00s")]
    [TestCase(125, "2m05s")]
    [TestCase(5999.4, "99m59s")]
    [TestCase(5999.6, "1h40m")]
    [TestCase(7200, "2h00m")]
    [TestCase(360_000, "100h00m")]
    public void A_duration_is_rounded_before_it_is_split(double seconds, string text) => Assert.That(Duration.Text(seconds), Is.EqualTo(text));

    [TestCase(0, 100, null, null, "0/100")]
    [TestCase(50, 100, "loss 1", 5, "50/100, 5/s, 10s left, loss 1")]
    [TestCase(100, 100, "", 10, "100/100, 10/s")]
    [TestCase(5, 0, null, 0.5, "5/0, 0.5/s")]
    public void Progress_says_how_far_how_fast_how_long(long done, long total, string? note, double? rate, string text) =>
        Assert.That(ProgressText.Of(new(done, total, note), rate), Is.EqualTo(text));

    private static JobQueue Queue(IEnumerable<Job> jobs, string[]? done = null) => new(jobs, done ?? []);

    private static Job Cell(string key, params string[] needs) => TestRecords.Job(key, JobKind.Cell, needs);

    private static Job Job(string key, params string[] needs) => TestRecords.Job(key, JobKind.Train, needs);
}

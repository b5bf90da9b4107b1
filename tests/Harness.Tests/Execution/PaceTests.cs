using Dfx.Harness.Execution.Host;
using Dfx.Harness.Planning;
using Dfx.Harness.Tests.Store;

namespace Dfx.Harness.Tests.Execution;

/// <summary>Rates and remaining times of jobs, those that went on from a restored state among them.</summary>
public sealed class PaceTests
{
    // 500 of 1000 steps were restored, 8 a second are done: the whole count over the time since the start would say 29/s and 14 s left.
    [Test]
    public void Restored_steps_have_no_pace()
    {
        var pace = new Pace();
        pace.Note(new(500, 1000, null), 5);
        Assert.That((pace.Rate, pace.Left, pace.Restored), Is.EqualTo(((double?)null, (double?)null, 0.5)), "one report tells no rate");
        pace.Note(new(620, 1000, null), 20);
        Assert.That((pace.Rate, pace.Left), Is.EqualTo((8.0, 47.5)));
    }

    [Test]
    public void A_pace_is_that_of_the_last_minute()
    {
        var pace = new Pace();
        for (var second = 0; second <= 300; second++)
        {
            pace.Note(new(second <= 200 ? 10 * second : 2000 + second - 200, 10_000, null), second);
        }

        Assert.That(pace.Rate, Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void Reports_that_are_far_apart_make_a_pace_too()
    {
        var pace = new Pace();
        pace.Note(new(0, 2000, "sampling"), 3);
        pace.Note(new(250, 2000, "sampling"), 503);
        pace.Note(new(500, 2000, "sampling"), 1003);
        Assert.That((pace.Rate, pace.Left), Is.EqualTo((0.5, 3000.0)));
    }

    [TestCase(3, 5)]
    [TestCase(20, 100)]
    public void What_is_counted_anew_has_a_pace_of_its_own(long done, long total)
    {
        var pace = new Pace();
        pace.Note(new(50, 100, null), 1);
        pace.Note(new(90, 100, null), 2);
        pace.Note(new(done, total, null), 3);
        Assert.That(pace.Rate, Is.Null);
        pace.Note(new(done + 1, total, null), 5);
        Assert.That(pace.Rate, Is.EqualTo(0.5));
    }

    [Test]
    public void The_rest_of_a_run_learns_from_jobs_that_this_machine_finished_before()
    {
        Job[] jobs = [TestRecords.Job("t"), TestRecords.Job("c1", JobKind.Cell), TestRecords.Job("c2", JobKind.Cell)];
        var clock = new Clock();
        var totals = new RunTotals(jobs, 1, [(JobKind.Train, 100), (JobKind.Cell, 10), (JobKind.Cell, 20)], clock);
        Assert.That(totals.Remaining(), Is.EqualTo(130));
        totals.Start(jobs[0]);
        clock.Seconds = 10;
        Assert.That(totals.Remaining(), Is.EqualTo(120), "of the training 90 are left");
        totals.Note(jobs[0], new(50, 100, null));
        clock.Seconds = 20;
        Assert.That(totals.Note(jobs[0], new(60, 100, null)), Is.EqualTo(1));
        Assert.That(totals.Remaining(), Is.EqualTo(70), "its own pace knows better: 40 steps are left");
    }

    // Half of it was restored, and the other half took 50 seconds.
    [Test]
    public void A_job_that_went_on_from_a_state_counts_as_a_whole_one()
    {
        Job[] jobs = [TestRecords.Job("t1"), TestRecords.Job("t2")];
        var clock = new Clock();
        var totals = new RunTotals(jobs, 1, null, clock);
        totals.Start(jobs[0]);
        totals.Note(jobs[0], new(50, 100, null));
        clock.Seconds = 50;
        Assert.That(totals.End(jobs[0]), Is.EqualTo(50));
        Assert.That(totals.Remaining(), Is.EqualTo(100));
    }

    private sealed class Clock : TimeProvider
    {
        internal double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}

using Dfx.Harness.Commands;
using Dfx.Harness.Planning;
using Dfx.Harness.Planning.Pricing;
using Dfx.Harness.Store;

namespace Dfx.Harness.Tests.Planning;

/// <summary>How long a plan will take, from what a few small jobs took.</summary>
public sealed class PricingTests
{
    [Test]
    public void Seeds_budgets_and_checkpoints_are_rehearsed_once()
    {
        var rehearsal = Of(Plans.Of(("methods", "[test-affine, test-variance]"), ("nfe", "[5, 6, 7]"), ("seeds", "[0, 1]"), ("analyses", "test-levels"),
            ("corrections", "[none, { correction: test-shrink, source: test-affine }]")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Count(rehearsal, JobKind.Train), Is.EqualTo(2));
            Assert.That(Count(rehearsal, JobKind.Correct), Is.EqualTo(1));
            Assert.That(Count(rehearsal, JobKind.Cell), Is.EqualTo(2 * 2));
            Assert.That(rehearsal.Jobs.Select(j => j.Key), Is.Unique);
            Assert.That(rehearsal.Jobs.Where(j => j.Kind is JobKind.Train or JobKind.Correct).Select(j => j.Budgets), Is.All.EqualTo(new[] { 5, 6, 7 }));
        }
    }

    [Test]
    public void Rehearsed_jobs_need_rehearsed_jobs()
    {
        var rehearsal = Of(Plans.Of(("methods", "[test-affine, { method: test-calibrated, source: test-affine }]"), ("seeds", "[0, 1]"),
            ("corrections", "{ correction: test-shrink, source: test-affine, teacher: { correction: test-shrink, with: { stop: 2 } } }")));
        var seen = new HashSet<string>();
        foreach (var job in rehearsal.Jobs)
        {
            Assert.That(seen.IsSupersetOf(job.Needs), job.Identity);
            Assert.That(job.Kind is JobKind.Train or JobKind.Cell ? job.Model.Key : job.Needs[0],
                Is.EqualTo(job.Kind == JobKind.Train ? job.Key : job.Kind == JobKind.Correct ? job.Correction!.Source.Key : job.Model.Key));
            seen.Add(job.Key);
        }
    }

    // 0.1 s a step after the first six, 2 s before them; 0.01 s an evaluation of an image, 2 s to load a model and 1 s to measure a cell.
    [TestCase("{ steps: 1000, batch: 4 }")]
    [TestCase("{ evaluations: 4000, batch: 4 }")]
    public void Prices_grow_with_training_samples_and_budget(string training)
    {
        var plan = Plans.Of(("methods", "[test-affine]"), ("nfe", "[5, 10]"), ("seeds", "[0, 1]"), ("training", training), ("samples", "64"));
        var rehearsal = Of(plan);
        var records = rehearsal.Jobs.ToDictionary(job => job.Key, job => Records.Of(job, Status.Ok, null) with
        {
            Timing = job.Kind switch
            {
                JobKind.Train => new() { Seconds = 3.8, Checkpoints = [2.0, 3.8] },
                JobKind.Sample => new() { Seconds = 2 + Sampling(job), SecondsPerImage = 0.01 * job.Sampling!.Nfe },
                _ => new() { Seconds = 3 + Sampling(job), SampleSeconds = 2 + Sampling(job), MetricSeconds = 0.9 },
            },
        });
        var waits = rehearsal.Jobs.ToDictionary(job => job.Key, job => records[job.Key].Timing.SecondsOf(job.Kind));
        var priced = Priced.Of(plan.Jobs, rehearsal, records, waits, 1);

        Assert.That(priced.Unpriced, Is.Empty);
        Assert.That(priced.Seconds, Is.EqualTo(2 * (100 + 3 + (64 * 0.05) + 3 + (64 * 0.10))).Within(1e-9));

        static double Sampling(Job job) => job.Sampling!.Samples * 0.01 * job.Sampling.Nfe;
    }

    [Test]
    public void What_could_not_be_rehearsed_is_named()
    {
        var plan = Plans.Of(("methods", "[test-affine]"), ("analyses", "test-levels"));
        var priced = Priced.Of(plan.Jobs, Of(plan), new Dictionary<string, JobRecord>(), new Dictionary<string, double>(), 2);

        Assert.That(priced.Seconds, Is.Zero);
        Assert.That(priced.Unpriced, Is.EqualTo(plan.Jobs));
    }

    [Test]
    public void Budgets_above_the_steps_that_a_model_is_trained_on_are_told()
    {
        var plan = Plans.Of(("methods", "[test-affine]"), ("nfe", "[5, 10, 20]"));
        var rehearsal = Of(plan);
        var records = rehearsal.Jobs.ToDictionary(job => job.Key, job => Records.Of(job, Status.Ok, null) with
        {
            Outcome = new() { TrainedSteps = job.Kind == JobKind.Cell ? 10 : null },
            Timing = job.Kind == JobKind.Train ? new() { Seconds = 3.8, Checkpoints = [2.0, 3.8] } : new() { SecondsPerImage = 0.1 },
        });
        var priced = Priced.Of(plan.Jobs, rehearsal, records, records.ToDictionary(r => r.Key, _ => 1.0), 1);
        using var output = new StringWriter();
        PlanTotals.Write(output, priced, 1);
        Assert.That(priced.Beyond.Select(cell => (cell.Cell.Sampling!.Nfe, cell.Steps)), Is.EqualTo(new[] { (20, 10) }));
        Assert.That(output.ToString(), Does.Contain("NFE above T: 1 cells").And.Contain("(T = 10)"));
    }

    // One worker: the sum. Two: the second training stands beside the first, and cells beside each other. Many: the longest chain.
    [TestCase(1, 2 * (10 + 2 + 2))]
    [TestCase(2, 10 + 2 + 2)]
    [TestCase(9, 10 + 2)]
    public void Workers_share_what_does_not_wait(int workers, double expected)
    {
        var jobs = Plans.Of(("methods", "[test-affine]"), ("nfe", "[5, 10]"), ("seeds", "[0, 1]")).Jobs;

        Assert.That(Timetable.Length(jobs, job => job.Kind == JobKind.Train ? 10 : 1, workers), Is.EqualTo(expected));
    }

    private static Rehearsal Of(Plan plan) => new(plan.Jobs, plan.Jobs.Select(job => job.Key).ToHashSet());

    private static int Count(Rehearsal rehearsal, JobKind kind) => rehearsal.Jobs.Count(job => job.Kind == kind);
}

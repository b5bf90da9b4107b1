using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Execution;

/// <summary>What is collected of a source, and what corrections make of it: the jobs one after another, in the tests' own process.</summary>
public sealed class CollectJobTests
{
    private const string Corrections = "{ correction: test-pairs, training: { steps: 8, checkpoints: [0.25, 1] } }";

    private ScratchFolder _scratch = null!;
    private ResultsFolder _results = null!;
    private WorkerSession _session = null!;
    private DisposeScope _scope = null!;
    private Plan _plan = null!;

    [SetUp]
    public void Make()
    {
        (_scratch, _scope) = (new(), torch.NewDisposeScope());
        _results = new(_scratch.Path);
        _results.Create();
        _session = new(_scratch.At("cache/x")[..^2]);
        _plan = Plans.Of(("corrections", Corrections));
        Run(Job(JobKind.Train));
    }

    [TearDown]
    public void Remove()
    {
        _session.Dispose();
        _scope.Dispose();
        _scratch.Dispose();
    }

    /// <summary>Every x is the posterior mean of a Gaussian, m + v / (v + sigma^2) (y - m), of its y.</summary>
    [Test]
    public void A_collection_has_all_rows_of_the_source()
    {
        var outcome = Run(Job(JobKind.Collect)).Outcome;
        using var rows = Rows(outcome);
        var source = new TrainingFiles(_results.ArtifactsOf(Job(JobKind.Train).Key)).ReadCheckpoint(20);
        var (m, v, y) = (source.Tensors["mean"], source.Tensors["variance"], rows.Column("y").to(torch.float64));
        var expected = m + (v / (v + 0.25) * (y - m));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((outcome.CollectedRows, outcome.EvaluationsPerRow, outcome.NfeCounted, outcome.CollectionMultiplyAdds), Is.EqualTo((24L, 1.0, "declared", (double?)null)));
            Assert.That(outcome.Files, Is.EqualTo(Enumerable.Range(0, 5).Select(i => $"part-0000{i}.safetensors")));
            Assert.That((rows.Column("x").to(torch.float64) - expected).abs().max().ToDouble(), Is.LessThan(1e-6));
            Assert.That(CollectJob.Words(outcome), Is.EqualTo("24 rows, 1 evaluations of the source a row"));
        }
    }

    /// <summary>Stopped after any number of parts, or damaged after its end, it ends with the same bytes and the same counts.</summary>
    [Test]
    public void An_interrupted_collection_ends_as_an_undisturbed_one()
    {
        var job = Job(JobKind.Collect);
        var calm = Run(job);
        var expected = Bytes(calm.Outcome);
        for (var parts = 1; parts < 5; parts++)
        {
            Directory.Delete(_results.ArtifactsOf(job.Key), recursive: true);
            using var stop = new CancellationTokenSource();
            Assert.That(() => Run(job, new Stopping(stop, parts * 5), stop.Token), Throws.InstanceOf<OperationCanceledException>());
            Assert.That(Directory.GetFiles(_results.ArtifactsOf(job.Key)), Has.Length.EqualTo(parts), "whole parts stay");
            var outcome = Run(job).Outcome;
            Assert.That(Bytes(outcome), Is.EqualTo(expected));
            Assert.That((outcome.CollectedRows, outcome.EvaluationsPerRow), Is.EqualTo((calm.Outcome.CollectedRows, calm.Outcome.EvaluationsPerRow)));
        }

        File.Delete(Path.Combine(_results.ArtifactsOf(job.Key), "part-00002.safetensors"));
        Assert.That(Bytes(Run(job).Outcome), Is.EqualTo(expected));
    }

    [Test]
    public void A_rehearsal_stops_after_the_first_part_and_tells_its_share()
    {
        var result = Run(Job(JobKind.Collect) with { FirstPartOnly = true });
        Assert.That((result.Outcome.CollectedRows, result.Timing.CollectedShare), Is.EqualTo((5L, 5.0 / 24)));
        Assert.That(result.Timing.CollectionSeconds, Is.GreaterThan(0).And.LessThanOrEqualTo(result.Timing.Seconds));
    }

    [Test]
    public void A_correction_learns_from_the_rows_and_keeps_its_checkpoints()
    {
        Run(Job(JobKind.Collect));
        var correct = Job(JobKind.Correct);
        var outcome = Run(correct).Outcome;
        Assert.That(outcome.Files, Is.EqualTo(new[] { "checkpoint-2.safetensors", "checkpoint-8.safetensors" }));
        var factors = new Dictionary<double, double>();
        foreach (var cell in _plan.Cells)
        {
            using var correction = Loading.Correction(Desk(cell), cell.Correction!, cell.Sampling!.CorrectionCheckpoint);
            factors[cell.Sampling.CorrectionCheckpoint] = correction.ToCheckpoint().Tensors["factor"].ToDouble();
        }

        var files = new TrainingFiles(_results.ArtifactsOf(correct.Key));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(factors, Is.EqualTo(new Dictionary<double, double> { [0.25] = Factor(files, 2), [1] = Factor(files, 8) }));
            Assert.That(factors[0.25], Is.Not.EqualTo(factors[1]));
            Assert.That(factors.Values, Is.All.InRange(0.3, 1), "the source takes noise away");
        }
    }

    [Test]
    public void Without_its_collection_a_correction_says_what_is_gone()
    {
        var job = Job(JobKind.Correct);
        Assert.That(() => Run(job), Throws.InvalidOperationException.With.Message.Contains(job.Correction!.Collection!).And.Message.EndsWith("run the matrix again"));
    }

    private static double Factor(TrainingFiles files, long due) => files.ReadCheckpoint(due).Tensors["factor"].ToDouble();

    private Job Job(JobKind kind) => _plan.Jobs.Single(job => job.Kind == kind);

    private Collection Rows(JobOutcome outcome) => new CollectionFiles(_results.ArtifactsOf(Job(JobKind.Collect).Key)).Open(outcome.Files.Count);

    /// <summary>All columns of all rows: the facts of files differ in their seconds.</summary>
    private List<byte[]> Bytes(JobOutcome outcome)
    {
        using var rows = Rows(outcome);
        return [.. rows.Names.Select(name => rows.Column(name).bytes.ToArray())];
    }

    private JobResult Run(Job job, IProgressHost? progress = null, CancellationToken stop = default)
    {
        var desk = Desk(job, progress, stop);
        var result = job.Kind switch
        {
            JobKind.Train => TrainJob.Run(desk),
            JobKind.Collect => CollectJob.Run(desk),
            _ => CorrectJob.Run(desk),
        };
        RecordFiles.Write(_results, Records.Of(job, Status.Ok, null) with { Outcome = result.Outcome });
        return result;
    }

    private JobDesk Desk(Job job, IProgressHost? progress = null, CancellationToken stop = default) => new(job, _session, _results, torch.CPU, progress ?? new Stopping(null, 0), 100, stop);

    /// <summary>Asks to stop once so many are done.</summary>
    private sealed class Stopping(CancellationTokenSource? stop, long after) : IProgressHost
    {
        public void Report(long done, long total, string? note = null)
        {
            if (done >= after)
            {
                stop?.Cancel();
            }
        }
    }
}

using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Execution;

/// <summary>Sample i depends on the seed and i alone: not on how many are sampled at once, nor on how many there are.</summary>
public sealed class SamplingRunTests
{
    [TestCase("test-euler", "generate")]
    [TestCase("test-naive", "generate")]
    [TestCase("test-naive", "test-half")]
    public void A_sample_is_the_same_in_any_batch(string sampler, string task)
    {
        using var scratch = new ScratchFolder();
        var whole = Images(scratch, sampler, task, 7, 7);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole, Has.Length.EqualTo(7 * 64));
            Assert.That(whole.Distinct().Count(), Is.GreaterThan(10));
            Assert.That(Images(scratch, sampler, task, 7, 1), Is.EqualTo(whole));
            Assert.That(Images(scratch, sampler, task, 7, 3), Is.EqualTo(whole));
            Assert.That(Images(scratch, sampler, task, 3, 2), Is.EqualTo(whole[..(3 * 64)]));
        }
    }

    /// <summary>The task shows one half of each image; what the model makes of the other one is no copy.</summary>
    [Test]
    public void Pixels_that_are_known_are_pasted()
    {
        using var scratch = new ScratchFolder();
        using var scope = torch.NewDisposeScope();
        Sampled(scratch, "test-euler", "test-half", 6, 6, (desk, run) =>
        {
            using var truth = new ObservedImages(desk.ModelContext, desk.CellTask).Truth(desk.Job.Sampling!);
            var same = run.Images.eq(truth!).to(torch.ScalarType.Float32).mean([1, 2]);
            var (left, right) = (same[.., ..4].mean([1]), same[.., 4..].mean([1]));
            Assert.That(torch.maximum(left, right).min().ToDouble(), Is.EqualTo(1), "one half is all there");
            Assert.That(torch.minimum(left, right).max().ToDouble(), Is.LessThan(0.9), "and the other one is not");
        });
    }

    private static byte[] Images(ScratchFolder scratch, string sampler, string task, int samples, int batch)
    {
        using var scope = torch.NewDisposeScope();
        byte[] images = [];
        Sampled(scratch, sampler, task, samples, batch, (_, run) =>
        {
            Assert.That(run.Outcome.NfeUsed, Is.EqualTo(5), "the mean over full and partial batches");
            images = run.Images.data<byte>().ToArray();
        });
        return images;
    }

    private static void Sampled(ScratchFolder scratch, string sampler, string task, int samples, int batch, Action<JobDesk, SamplingRun> look)
    {
        var plan = Plans.Make(Matrices.Read(("samplers", sampler), ("tasks", task), ("samples", $"{samples}"), ("sampling-batch", $"{batch}")));
        var results = new ResultsFolder(scratch.Path);
        results.Create();
        using var session = new WorkerSession(scratch.At("cache/x")[..^2]);
        _ = TrainJob.Run(Desk(plan.Jobs.Single(j => j.Kind == JobKind.Train), session, results));
        var desk = Desk(plan.Cells.Single(), session, results);
        using var model = Loading.Model(desk, desk.Job.Model, 1);
        using var run = new SamplingRun(desk, SamplingSetup.Of(desk, model.Model, null));
        run.All();
        look(desk, run);
    }

    private static JobDesk Desk(Job job, WorkerSession session, ResultsFolder results) => new(job, session, results, torch.CPU, new Silent(), 100, CancellationToken.None);
}

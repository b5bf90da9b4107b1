using Dfx.Harness.Commands;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Execution;

/// <summary>Restoration of a dataset with fewer test images than samples are asked for.</summary>
public sealed class RestoredAgainTests
{
    private const string ThreeImages = "{ dataset: test-shapes, with: { test: 3 } }";

    [TestCase(2, "2")]
    [TestCase(7, "3")]
    public void Metrics_are_told_how_many_images_were_restored(int samples, string expected)
    {
        using var scratch = new ScratchFolder();
        using var scope = torch.NewDisposeScope();
        var plan = Plans.Make(Matrices.Read(("datasets", ThreeImages), ("tasks", "test-half"), ("samples", $"{samples}"), ("metrics", "test-mse")));
        using var session = new WorkerSession(scratch.At("cache/x")[..^2]);
        _ = TrainJob.Run(Desk(scratch, plan.Jobs.Single(job => job.Kind == JobKind.Train), session));
        SampleFile.Write(Desk(scratch, plan.Jobs.Single(job => job.Kind == JobKind.Sample), session), torch.zeros(samples, 1, 8, 8, torch.uint8));
        RecordFiles.Write(new ResultsFolder(scratch.Path), Records.Of(plan.Jobs.Single(job => job.Kind == JobKind.Sample), Status.Ok, null));
        var measured = CellJob.Run(Desk(scratch, plan.Cells.Single(), session)).Outcome.Metrics;
        Assert.That(measured.Single().Details["truths"], Is.EqualTo(expected));
    }

    [Test]
    public void All_samples_are_as_many_as_test_images()
    {
        var all = Plans.Make(Matrices.Read(("tasks", "test-half"), ("samples", "all")), testImages: 436).Cells.Single();
        var number = Plans.Make(Matrices.Read(("tasks", "test-half"), ("samples", "436"))).Cells.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Sampling!.Samples, Is.EqualTo(436));
            Assert.That(all.Key, Is.EqualTo(number.Key));
            Assert.That(all.Axes!["samples"], Is.EqualTo("436"));
        }
    }

    [TestCase("generate", "m.yaml:6:10: samples: all takes every test image once, and the task 'generate' restores none: give a number, or tasks that restore a matrix of their own")]
    [TestCase("[test-half, generate-by-class]", "m.yaml:6:10: samples: all takes every test image once, and the task 'generate-by-class' restores none: give a number, or tasks that restore a matrix of their own")]
    [TestCase("test-half", "m.yaml: samples: all takes every test image once, and the dataset 'test-shapes' has none")]
    public void All_samples_need_test_images_to_restore(string tasks, string message) =>
        Assert.That(Matrices.Error(("tasks", tasks), ("samples", "all")), Is.EqualTo(message));

    [TestCase("test-half", "200", 2, true)]
    [TestCase("[generate, test-half]", "200", 2, true)]
    [TestCase("test-half", "200", 200, false)]
    [TestCase("test-half", "all", 2, false)]
    [TestCase("generate", "200", 2, false)]
    public void A_note_says_what_intervals_are_over(string tasks, string samples, int images, bool told)
    {
        var matrix = Matrices.Read(("tasks", tasks), ("samples", samples));
        Assert.That(RestoredAgain.Notes(matrix, _ => images), told
            ? Is.EqualTo(new[] { "dataset 'test-shapes' has 2 test images, fewer than samples: 200: tasks that restore begin again at the first, and their intervals are over 2 images (samples: all restores each once)" })
            : Is.Empty);
    }

    private static JobDesk Desk(ScratchFolder scratch, Job job, WorkerSession session)
    {
        var results = new ResultsFolder(scratch.Path);
        results.Create();
        return new(job, session, results, torch.CPU, new Silent(), 100, CancellationToken.None);
    }
}

using System.Text.Json;
using Dfx.Harness.Execution.Models;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Execution;

/// <summary>What trainings and analyses of one plugin keep for each other, and which budgets a training is told.</summary>
public sealed class SharedStoreTests
{
    // test-shapes has as many training images, each of which the average counts once.
    private const int Images = 256;

    private ScratchFolder _scratch = null!;
    private WorkerSession _session = null!;

    [SetUp]
    public void Make()
    {
        _scratch = new();
        _session = new(_scratch.At("cache/x")[..^2]);
    }

    [TearDown]
    public void Remove()
    {
        _session.Dispose();
        _scratch.Dispose();
    }

    /// <summary>Whatever the seed, the method's options and who comes first; and every training has cost what the average costs.</summary>
    [Test]
    public void Trainings_and_analyses_find_what_the_others_stored([Values] bool analysesFirst)
    {
        var plan = Plans.Of(("methods", "[test-thrifty, { method: test-thrifty, with: { least: 2 } }]"), ("seeds", "[0, 1]"),
            ("analyses", "[test-strips, { analysis: test-strips, method: test-thrifty, name: trained }]"));
        foreach (var job in plan.Jobs.Where(job => job.Kind is not (JobKind.Sample or JobKind.Cell)).OrderBy(job => analysesFirst && job is { Kind: JobKind.Analyse, Model.Method: null } ? 0 : 1))
        {
            Run(job);
            Assert.That(Stored(), Has.Count.EqualTo(1), job.Identity);
        }

        var costs = plan.Jobs.Where(job => job.Kind == JobKind.Train).Select(job => new TrainingFiles(Results.ArtifactsOf(job.Key)).CostOf(20));
        Assert.That(costs, Has.Exactly(4).Items.And.All.EqualTo(new TrainingCost(0, Images)));
    }

    /// <summary>Two datasets may make different images of the same files.</summary>
    [Test]
    public void Data_of_other_options_have_tensors_of_their_own()
    {
        var matrix = Matrices.Read(("datasets", "[test-shapes, { dataset: test-shapes, with: { size: 9 } }]"), ("methods", "test-thrifty"), ("analyses", "test-strips"));
        var plan = Plans.Make(matrix, fingerprint: _ => "the same files");
        plan.Jobs.Where(job => job.Kind is not (JobKind.Sample or JobKind.Cell)).ToList().ForEach(Run);
        Assert.That(Stored(), Has.Count.EqualTo(2));
    }

    [Test]
    public void A_method_that_no_budget_suffices_refuses_before_it_trains_and_trains_for_others()
    {
        var (few, more) = (Plan("[4, 8]"), Plan("[4, 12]"));
        Assert.That(more.Key, Is.EqualTo(few.Key), "budgets are no part of a key");
        Assert.That(Sent(few).Budgets, Is.EqualTo(new[] { 4, 8 }));
        Assert.That(() => Run(Sent(few)), Throws.ArgumentException.With.Message.EqualTo("test-thrifty needs 10 evaluations, and the largest budget is 8; give nfe a larger one."));
        Assert.That(Stored(), Is.Empty);

        // An error is tried again, by the same matrix and by another one.
        RecordFiles.Write(Results, Records.Of(few, Status.Error, "too few"));
        Assert.That(Comparison.Of(new("m", [more]), Results, text => Assert.Fail(text)).Single().Standing, Is.EqualTo(Standing.Failed));
        Run(more);
        Assert.That(new TrainingFiles(Results.ArtifactsOf(few.Key)).HasCheckpoint(20), Is.True);

        static Job Plan(string nfe) => Plans.Of(("methods", "{ method: test-thrifty, with: { least: 10 } }"), ("nfe", nfe)).Jobs.Single(job => job.Kind == JobKind.Train);
    }

    /// <summary>A job as a worker reads it.</summary>
    private static Job Sent(Job job) => JsonSerializer.Deserialize(MessageJson.Line(new() { Job = job, Cache = "" }), MessageJson.Default.Request)!.Job!;

    private ResultsFolder Results => new(_scratch.At("results/x")[..^2]);

    private void Run(Job job)
    {
        Results.Create();
        using var scope = torch.NewDisposeScope();
        var desk = new JobDesk(job, _session, Results, torch.CPU, new Silent(), 100, CancellationToken.None);
        _ = job.Kind == JobKind.Train ? TrainJob.Run(desk) : AnalyseJob.Run(desk);
    }

    private List<string> Stored()
    {
        var folder = Path.Combine(_session.Cache, "training");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.safetensors")] : [];
    }
}

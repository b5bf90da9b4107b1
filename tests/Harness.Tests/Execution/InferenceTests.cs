using System.Text.Json;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Plugins;
using Dfx.Numerics.Noise;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Execution;

/// <summary>One training, used in several ways.</summary>
public sealed class InferenceTests
{
    private const double Level = 3;

    [Test]
    public void A_model_is_loaded_with_the_options_of_what_uses_it()
    {
        using var scratch = new ScratchFolder();
        using var scope = torch.NewDisposeScope();
        var plan = Plans.Of(("methods", "[test-prior, { method: test-prior, with: { prior: 2 } }, { method: test-calibrated, source: { method: test-prior, with: { prior: 4 } } }]"),
            ("samplers", "[test-euler, test-redraw]"), ("corrections", "[none, { correction: test-shrink, source: { method: test-prior, with: { prior: 8 } } }]"));
        using var session = new WorkerSession(scratch.At("cache/x")[..^2]);
        foreach (var job in plan.Jobs.Where(job => job.Kind == JobKind.Train))
        {
            _ = TrainJob.Run(Desk(scratch, job, session));
        }

        var expected = new Dictionary<string, double> { ["test-prior"] = 1, ["test-prior prior=2"] = 2, ["test-calibrated"] = 4 };
        foreach (var cell in plan.Cells.Where(cell => cell.NotApplicable is null))
        {
            using var model = Loading.Model(Desk(scratch, cell, session), cell.Model, 1);
            Assert.That(Width(model.Model), Is.EqualTo(expected[cell.Axes!["method"]]).Within(1e-12), cell.Identity);
        }

        var correct = plan.Jobs.Single(job => job.Kind == JobKind.Correct);
        using var source = Loading.Denoiser(Desk(scratch, correct, session), correct.Correction!.Source);
        Assert.That(Width(source.Model), Is.EqualTo(8).Within(1e-12));
    }

    [Test]
    public void A_correction_is_trained_once_and_loaded_with_the_options_of_what_uses_it()
    {
        using var scratch = new ScratchFolder();
        using var scope = torch.NewDisposeScope();
        var plan = Plans.Of(("corrections", "[test-pairs, { correction: test-pairs, with: { gain: 2 } }, { correction: test-pairs, name: pupil, teacher: { correction: test-pairs, with: { gain: 4 } } }]"));
        using var session = new WorkerSession(scratch.At("cache/x")[..^2]);
        foreach (var job in plan.Jobs.Where(job => job.Kind != JobKind.Cell))
        {
            var desk = Desk(scratch, job, session);
            var result = job.Kind == JobKind.Train ? TrainJob.Run(desk) : job.Kind == JobKind.Collect ? CollectJob.Run(desk) : CorrectJob.Run(desk);
            RecordFiles.Write(desk.Results, Records.Of(job, Status.Ok, null) with { Outcome = result.Outcome });
        }

        double Factor(Job job, CorrectionSpec spec)
        {
            using var correction = Loading.Correction(Desk(scratch, job, session), spec);
            return correction.Apply(new() { State = torch.ones([1, 1, 8, 8], torch.float64), Sigma = 0.5 }).mean().ToDouble();
        }

        var cells = plan.Cells.ToDictionary(cell => cell.Axes!["correction"]);
        var (plain, loud) = (Factor(cells["test-pairs"], cells["test-pairs"].Correction!), Factor(cells["test-pairs gain=2"], cells["test-pairs gain=2"].Correction!));
        var pupil = plan.Jobs.Single(job => job.Correction?.Teacher is not null && job.Kind == JobKind.Correct);
        Assert.That(loud / plain, Is.EqualTo(2).Within(1e-12));
        Assert.That(Factor(pupil, pupil.Correction!.Teacher!) / plain, Is.EqualTo(4).Within(1e-12));
    }

    /// <summary>One use that works is enough to train for; the others are errors of their cells.</summary>
    [TestCase("[{ method: test-prior, with: { prior: 60 } }]", "prior is 60; it is at most 50 for images of 8 pixels.")]
    [TestCase("[{ method: test-prior, with: { prior: 60 } }, { method: test-prior, with: { prior: 70 } }]", "prior is 60; it is at most 50 for images of 8 pixels.")]
    [TestCase("[{ method: test-prior, with: { prior: 100 } }]", "prior is 100, which has no meaning here.")]
    [TestCase("[{ method: test-prior, with: { prior: 60 } }, test-prior]", null)]
    [TestCase("[{ method: test-prior, with: { prior: 100 } }, test-prior]", null)]
    [TestCase("[{ method: test-prior, with: { prior: 50 } }]", null)]
    [TestCase("[{ method: test-prior, with: { prior: 60 }, samplers: test-naive }, test-prior]", null)]
    public void A_use_that_cannot_work_is_refused_before_training(string methods, string? message)
    {
        using var scratch = new ScratchFolder();
        using var scope = torch.NewDisposeScope();
        using var session = new WorkerSession(scratch.At("cache/x")[..^2]);
        var job = Plans.Of(("methods", methods)).Jobs.Single(job => job.Kind == JobKind.Train);
        var sent = JsonSerializer.Deserialize(MessageJson.Line(new() { Job = job, Cache = "" }), MessageJson.Default.Request)!.Job!;
        var desk = Desk(scratch, sent, session);
        Assert.That(() => TrainJob.Run(desk), message is null ? Throws.Nothing : Throws.ArgumentException.With.Message.EqualTo(message));
        Assert.That(desk.Files(job.Key).HasCheckpoint(job.Model.Training.Budget), Is.EqualTo(message is null));
    }

    /// <summary>How wide the prior is, of one draw in all.</summary>
    private static double Width(ITrainedModel model)
    {
        static SampleNoise Noise() => new(NoiseKey.For(1, "prior"), 0, 1, new(1, 8, 8), torch.CPU);
        return (model.Prior(Level, Noise()) / Noise().Normal()).mean().ToDouble() / Level;
    }

    private static JobDesk Desk(ScratchFolder scratch, Job job, WorkerSession session)
    {
        var results = new ResultsFolder(scratch.Path);
        results.Create();
        return new(job, session, results, torch.CPU, new Silent(), 100, CancellationToken.None);
    }
}

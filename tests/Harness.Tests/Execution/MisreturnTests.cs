using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Execution;

/// <summary>What plugins return is looked at before it counts.</summary>
public sealed class MisreturnTests
{
    [TestCase("fewer", "has shape [1,1,8,8], not [6,1,8,8]")]
    [TestCase("more", "has shape [18,1,8,8], not [6,1,8,8]")]
    [TestCase("empty", "has shape [0,1,8,8], not [6,1,8,8]")]
    [TestCase("flat", "has shape [6,64], not [6,1,8,8]")]
    [TestCase("bytes", "is Byte, not Float64")]
    [TestCase("other-precision", "is Float32, not Float64")]
    [TestCase("gradient", "requires a gradient")]
    [TestCase("nothing", "is null")]
    [TestCase("disposed", "was disposed before it was returned")]
    public void A_result_that_is_not_all_of_the_batch_is_an_error(string fault, string why) =>
        Assert.That(() => Sample("test-affine", $"{{ sampler: test-misreturns, with: {{ fault: {fault} }} }}"),
            Throws.InvalidOperationException.With.Message.EqualTo($"samples 0 to 5: the sampler's result {why}"));

    [Test]
    public void A_result_without_fault_passes() => Assert.That(Sample("test-affine", "test-misreturns"), Is.EqualTo(new long[] { 6, 1, 8, 8 }));

    [Test]
    public void Levels_are_finite() =>
        Assert.That(() => Sample("test-affine", "{ sampler: test-misreturns, with: { fault: levels-infinite } }"), Throws.InvalidOperationException.With.Message.Contains("must be finite"));

    [TestCase("one-estimate", "the model's estimate has shape [1,1,8,8], not [6,1,8,8]")]
    [TestCase("short-prior", "samples 0 to 5: the model's prior has shape [1,1,8,8], not [6,1,8,8]")]
    public void What_a_model_returns_never_broadcasts(string fault, string why) =>
        Assert.That(() => Sample($"{{ method: test-misreturning-model, with: {{ fault: {fault} }} }}", "test-misreturns"),
            Throws.InvalidOperationException.With.Message.EqualTo(why));

    [TestCase("value", "gave NaN for test-misvalues")]
    [TestCase("spread", "gave a spread of NaN for test-misvalues; where there is none it must be null")]
    [TestCase("low", "gave an interval that begins at -Infinity for test-misvalues; where there is none it must be null")]
    [TestCase("high", "gave an interval that ends at Infinity for test-misvalues; where there is none it must be null")]
    [TestCase("name", "gave a value without a name")]
    [TestCase("word", "with a protocol that says null")]
    public void A_value_that_no_file_can_hold_costs_its_metric_alone(string fault, string why)
    {
        var measured = Measured($"[test-mean, {{ metric: test-misvalues, with: {{ fault: {fault} }} }}]");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(measured.Values.Select(value => value.Name), Is.EqualTo(new[] { "test-mean" }));
            Assert.That(measured.Failed["test-misvalues"], Does.Contain(why));
        }
    }

    [Test]
    public void A_row_of_an_analysis_that_is_too_short_is_an_error()
    {
        using var scratch = new ScratchFolder();
        var plan = Plans.Make(Matrices.Read(("analyses", "[{ analysis: test-ragged, method: test-affine }]")));
        using var session = new WorkerSession(scratch.At("cache/x")[..^2]);
        var desk = Desk(scratch, plan.Jobs.Single(job => job.Kind == JobKind.Train), session);
        _ = TrainJob.Run(desk);
        Assert.That(() => AnalyseJob.Run(desk with { Job = plan.Jobs.Single(job => job.Kind == JobKind.Analyse) }),
            Throws.InvalidOperationException.With.Message.EqualTo("row 2 of the analysis has 1 cells; it has 2 columns"));
    }

    private static long[] Sample(string method, string sampler)
    {
        long[] shape = [];
        Sampled([("methods", $"[{method}]"), ("samplers", $"[{sampler}]"), ("nfe", "1")], (_, run) => shape = run.Images.shape);
        return shape;
    }

    private static Measurements Measured(string metrics)
    {
        Measurements? measured = null;
        Sampled([("metrics", metrics)], (desk, run) => measured = Measuring.Run(desk, new(desk.ModelContext.Data.Shape, 6, null, () => run.Images), null));
        return measured!;
    }

    private static void Sampled(ReadOnlySpan<(string, string?)> changes, Action<JobDesk, SamplingRun> look)
    {
        using var scratch = new ScratchFolder();
        using var scope = torch.NewDisposeScope();
        var plan = Plans.Make(Matrices.Read([("samples", "6"), .. changes]));
        using var session = new WorkerSession(scratch.At("cache/x")[..^2]);
        _ = TrainJob.Run(Desk(scratch, plan.Jobs.Single(job => job.Kind == JobKind.Train), session));
        var desk = Desk(scratch, plan.Cells.Single(), session);
        using var model = Loading.Model(desk, desk.Job.Model, 1);
        using var run = new SamplingRun(desk, SamplingSetup.Of(desk, model.Model, null));
        run.All();
        look(desk, run);
    }

    private static JobDesk Desk(ScratchFolder scratch, Job job, WorkerSession session)
    {
        var results = new ResultsFolder(scratch.Path);
        results.Create();
        return new(job, session, results, torch.CPU, new Silent(), 100, CancellationToken.None);
    }
}

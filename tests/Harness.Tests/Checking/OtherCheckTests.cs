using Dfx.Harness.Checking;
using Dfx.Harness.Checking.Kinds;
using Dfx.Harness.Checking.Tiny;
using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Checking;

/// <summary>The checks of datasets, tasks, metrics, analyses and corrections find the faults that they are there for.</summary>
public sealed class OtherCheckTests
{
    private static readonly string s_fingerprint = new('a', 64);

    [Test]
    public void A_dataset_without_a_flaw_passes() => Assert.That(Dataset(s_fingerprint, x => x), Is.Empty);

    [Test]
    public void A_fingerprint_of_63_digits_fails() => Assert.That(Dataset(s_fingerprint[1..], x => x), Does.Contain("fingerprint"));

    [Test]
    public void Images_beyond_1_fail() => Assert.That(Dataset(s_fingerprint, x => x * 2), Does.Contain("reads"));

    [Test]
    public void Images_of_float64_fail() => Assert.That(Dataset(s_fingerprint, x => x.to(torch.float64)), Does.Contain("reads"));

    [Test]
    public void Images_that_depend_on_the_batch_fail() => Assert.That(Dataset(s_fingerprint, x => x / x.shape[0]), Does.Contain("reads"));

    [Test]
    public void An_index_that_wraps_fails() => Assert.That(Dataset(s_fingerprint, x => x, wrap: true), Does.Contain("range"));

    [Test]
    public void Labels_beyond_the_classes_fail() => Assert.That(Dataset(s_fingerprint, x => x, classes: 1), Does.Contain("labels"));

    [Test]
    public void A_task_without_a_flaw_passes() => Assert.That(Task(1, Halved), Is.Empty);

    [Test]
    public void Fewer_channels_than_promised_fail() => Assert.That(Task(2, Halved), Does.Contain("channels"));

    [Test]
    public void A_mask_that_depends_on_the_batch_fails() =>
        Assert.That(Task(1, (x, n) => new() { Channels = x / n.Count }), Does.Contain("same image"));

    [Test]
    public void A_mask_of_halves_fails() => Assert.That(Task(1, (x, _) => Seen(x, x * 0.5, torch.full_like(x, 0.5))), Does.Contain("mask"));

    [Test]
    public void Known_pixels_that_are_not_the_images_fail() =>
        Assert.That(Task(1, (x, _) => Seen(x, x * 0.9, torch.ones_like(x))), Does.Contain("mask"));

    [Test]
    public void A_metric_without_a_flaw_passes() => Assert.That(Metric(() => 1), Is.Empty);

    [Test]
    public void A_value_that_is_not_finite_fails() => Assert.That(Metric(() => double.NaN), Does.Contain("measures"));

    [Test]
    public void A_value_that_changes_fails()
    {
        var calls = 0;
        Assert.That(Metric(() => ++calls), Does.Contain("same twice"));
    }

    [TestCase(2L, true)]
    [TestCase("text", true)]
    [TestCase(null, true)]
    [TestCase(0.5, true)]
    [TestCase(2, false)]
    [TestCase(double.NaN, false)]
    public void Cells_are_of_the_contracts_types(object? cell, bool allowed) =>
        Assert.That(Analysis([[cell]]), allowed ? Is.Empty : Is.EqualTo(new[] { "table" }));

    [Test]
    public void A_row_too_long_fails() => Assert.That(Analysis([[1L, 2L]]), Is.EqualTo(new[] { "table" }));

    [Test]
    public void Sheets_and_texts_of_the_contract_pass() => Assert.That(Files([new("s", "", "", ["x"], [new("", torch.zeros(1, 1, 2, 2))])], "a.txt"), Is.Empty);

    [Test]
    public void A_sheet_with_too_few_images_fails() => Assert.That(Files([new("s", "", "", ["x", "y"], [new("", torch.zeros(1, 1, 2, 2))])], "a.txt"), Is.EqualTo(new[] { "sheets and texts" }));

    [Test]
    public void A_sheet_that_is_not_finite_fails() => Assert.That(Files([new("s", "", "", ["x"], [new("", torch.full([1, 1, 2, 2], double.NaN))])], "a.txt"), Is.EqualTo(new[] { "sheets and texts" }));

    [Test]
    public void A_text_without_an_extension_fails() => Assert.That(Files([], "a"), Is.EqualTo(new[] { "sheets and texts" }));

    /// <summary>Without a model, with a denoiser or with a corruption model; what takes none of them has nothing to check.</summary>
    [TestCase(typeof(IDenoiser), "Ok")]
    [TestCase(typeof(ICorruptionModel), "Ok")]
    [TestCase(typeof(IVarianceDenoiser), "Skipped")]
    public void An_analysis_is_given_the_kind_of_model_that_it_takes(Type kind, string outcome)
    {
        IReadOnlyList<object?> row = [1L];
        var analysis = new OneAnalysis(context => context.Trained is [{ Model: var model }] && kind.IsInstanceOfType(model)
            ? new([new("column", "")], [row])
            : throw new NotApplicableException($"it takes a {kind.Name}"));
        Assert.That(AnalysisChecks.Of(() => analysis).Select(check => $"{Judge.Of("type", check, _ => null).Outcome}"), Is.All.EqualTo(outcome));
    }

    [Test]
    public void An_analysis_has_a_store() => Assert.That(
        Verdicts.Failed(AnalysisChecks.Of(() => new OneAnalysis(context => new([new("column", "")], [[context.Store.Stored("k", () => new Dictionary<string, torch.Tensor> { ["x"] = torch.ones(3) })["x"].sum().ToDouble()]])))),
        Is.Empty);

    [Test]
    public void A_correction_without_a_flaw_passes() => Assert.That(Correction(y => y * 0.5, 1), Is.Empty);

    [Test]
    public void A_correction_that_stops_at_the_clean_end_fails() => Assert.That(Correction(y => y * 0.5, 2), Does.Contain("stop index"));

    [Test]
    public void A_correction_of_another_shape_fails() => Assert.That(Correction(y => y.narrow(0, 0, 1).clone(), 1), Does.Contain("outputs"));

    [Test]
    public void A_correction_that_is_random_fails()
    {
        var calls = 0;
        Assert.That(Correction(y => y * ++calls, 1), Does.Contain("loads"));
    }

    private static List<string> Dataset(string fingerprint, Func<torch.Tensor, torch.Tensor> change, bool wrap = false, int classes = 2)
    {
        var folder = TestContext.CurrentContext.WorkDirectory;
        return Verdicts.Failed(DatasetChecks.Of(() => new OneDataset(fingerprint, new Changed(change, wrap, classes)), new(null, folder)));
    }

    private static List<string> Task(int channels, Func<torch.Tensor, SampleNoise, Condition> observe) =>
        Verdicts.Failed(TaskChecks.Of(() => new OneTask(channels, observe)));

    private static Condition Halved(torch.Tensor x, SampleNoise noise)
    {
        var mask = (noise.Uniform(1, x.shape[2], x.shape[3]) < 0.5).to(torch.float32);
        return Seen(x * mask, x * mask, mask);
    }

    private static Condition Seen(torch.Tensor channels, torch.Tensor known, torch.Tensor mask) => new() { Channels = channels, Known = known, Mask = mask };

    private static List<string> Metric(Func<double> value) =>
        Verdicts.Failed(MetricChecks.Of(() => new OneMetric(value), MetricKinds.Distribution, TestContext.CurrentContext.WorkDirectory));

    private static List<string> Analysis(IReadOnlyList<IReadOnlyList<object?>> rows) => Verdicts.Failed(AnalysisChecks.Of(() => new OneAnalysis(_ => new([new("column", "")], rows))));

    private static List<string> Files(IReadOnlyList<AnalysisSheet> sheets, string text)
    {
        using var scope = torch.NewDisposeScope();
        return Verdicts.Failed(AnalysisChecks.Of(() => new OneAnalysis(_ => new([new("column", "")], []) { Sheets = sheets, Texts = new Dictionary<string, string> { [text] = "" } })));
    }

    private static List<string> Correction(Func<torch.Tensor, torch.Tensor> apply, int stop) =>
        Verdicts.Failed(CorrectionChecks.Of(() => new OneCorrection(apply, stop), PluginTraits.None, ""));

    private sealed class OneDataset(string fingerprint, IDataSource data) : IDataset
    {
        public string Fingerprint(DataContext context) => fingerprint;

        public IDataSource Open(DataContext context) => data;
    }

    private sealed class Changed(Func<torch.Tensor, torch.Tensor> change, bool wrap, int classes) : IDataSource
    {
        private readonly TinyData _data = new();

        public DataShape Shape => _data.Shape;

        public IReadOnlyList<string> Classes => [.. _data.Classes.Take(classes)];

        public bool IsImages => true;

        public int Count(Split split) => _data.Count(split);

        public torch.Tensor Read(Split split, ReadOnlySpan<int> indices) =>
            change(_data.Read(split, wrap ? [.. indices.ToArray().Select(i => Math.Abs(i) % Count(split))] : indices));

        public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => _data.Labels(split, indices);

        public void Dispose()
        {
        }
    }

    private sealed class OneTask(int channels, Func<torch.Tensor, SampleNoise, Condition> observe) : ITask
    {
        public MetricKinds Metrics => MetricKinds.Paired;

        public int ConditionChannels(DataShape shape) => channels;

        public Condition Observe(TaskImages images) => observe(images.Clean, images.Noise);
    }

    private sealed class OneMetric(Func<double> value) : IMetric
    {
        public IReadOnlyList<MetricValue> Evaluate(MetricContext context) => [new("one", value(), new Dictionary<string, string>())];
    }

    private sealed class OneAnalysis(Func<AnalysisContext, AnalysisTable> run) : IAnalysis
    {
        public AnalysisTable Run(AnalysisContext context) => run(context);
    }

    private sealed class OneCorrection(Func<torch.Tensor, torch.Tensor> apply, int stop) : ICorrection, ITrainedCorrection
    {
        public NetworkCard Network { get; } = new("one", 0);

        public ITrainedCorrection Train(CorrectionContext context)
        {
            context.Training.Cancellation.ThrowIfCancellationRequested();
            context.Training.Settings.Checkpoints.Where(fraction => fraction < 1).ToList().ForEach(fraction => context.Training.Host.Keep(fraction, ToCheckpoint()));
            return this;
        }

        public ITrainedCorrection Load(Checkpoint checkpoint, ModelContext context) => this;

        public int StopIndex(IReadOnlyList<double> sigmas) => stop;

        public torch.Tensor Apply(CorrectionRequest request) => apply(request.State);

        public Checkpoint ToCheckpoint() => new(new Dictionary<string, torch.Tensor>());

        public void Dispose()
        {
        }
    }
}

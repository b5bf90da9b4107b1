using Dfx.Harness.Matrix;

namespace Dfx.Harness.Tests.Matrix;

/// <summary>What a matrix file may say, and what it means.</summary>
public sealed class MatrixReaderTests
{
    [Test]
    public void What_is_left_out_has_a_default()
    {
        var m = Matrices.Read();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(m.Name, Is.EqualTo("m"));
            Assert.That(m.Tasks.Single().Id, Is.EqualTo("generate"));
            Assert.That(m.Corrections, Is.EqualTo(new CorrectionEntry?[] { null }));
            Assert.That(m.Seeds, Is.EqualTo(new ulong[] { 0 }));
            Assert.That(m.Analyses, Is.Empty);
            Assert.That(m.Network, Is.Null);
            Assert.That(m.Sampling, Is.EqualTo(new SamplingSettings(16, 250, 2, new(false, false, 4L << 30))));
            Assert.That(m.Limits, Is.EqualTo(new Limits(TimeSpan.FromHours(24), 1L << 60)));
            Assert.That(m.Methods.Single().Choice.Options["spread"], Is.EqualTo("1"));
        }
    }

    [Test]
    public void The_baseline_is_a_method_of_the_matrix()
    {
        var methods = ("methods", "[{ method: test-affine, name: one }, { method: test-affine, with: { spread: 2 }, name: two }]");
        Assert.That(Matrices.Read(methods).Baseline, Is.EqualTo("one"), "the first if left out");
        Assert.That(Matrices.Read(methods, ("baseline", "two")).Baseline, Is.EqualTo("two"));
        Assert.That(Matrices.Error(methods, ("baseline", "twoo")), Does.Contain("the matrix has no method 'twoo'; the nearest is 'two'"));
    }

    /// <summary>A value, a list of one, a mapping and a mapping in a list are one entry.</summary>
    [TestCase("datasets", "dataset", "test-shapes")]
    [TestCase("tasks", "task", "test-half")]
    [TestCase("methods", "method", "test-affine")]
    [TestCase("samplers", "sampler", "test-euler")]
    [TestCase("metrics", "metric", "test-mean")]
    [TestCase("corrections", "correction", "test-shrink")]
    [TestCase("analyses", "analysis", "test-levels")]
    public void An_axis_is_a_value_a_list_or_a_mapping(string axis, string noun, string id)
    {
        foreach (var text in (string[])[id, $"[{id}]", $"{{ {noun}: {id} }}", $"[{{ {noun}: {id} }}]", $"\n- {noun}: {id}", $"\n- {id}"])
        {
            Assert.That(Labels(Matrices.Read((axis, text)), axis), Is.EqualTo(new[] { id }), text);
        }
    }

    [TestCase("nfe", "[5, 9]")]
    [TestCase("nfe", "\n  - 5\n  - 9")]
    public void Budgets_are_a_number_or_a_list(string key, string text) => Assert.That(Matrices.Read((key, text)).Nfe, Is.EqualTo(new[] { 5, 9 }));

    [Test]
    public void A_label_says_what_differs_from_the_defaults_unless_there_is_a_name()
    {
        var m = Matrices.Read(("methods", "[test-affine, { method: test-affine, with: { spread: 2.50 } }, { method: test-affine, name: mine }]"));
        Assert.That(Labels(m, "methods"), Is.EqualTo(new[] { "test-affine", "test-affine spread=2.5", "mine" }));
    }

    [Test]
    public void Options_are_canonical()
    {
        var options = Matrices.Read(("analyses", "{ analysis: test-options, with: { thing-count: 007, rate: 1e-1, word: 'a b', maybe-count: null, maybe-big: ~, flavour: ve } }"))
            .Analyses.Single().Choice.Options;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options["thing-count"], Is.EqualTo("7"));
            Assert.That(options["rate"], Is.EqualTo("0.1"));
            Assert.That(options["word"], Is.EqualTo("a b"));
            Assert.That(options["maybe-count"], Is.EqualTo("null"));
            Assert.That(options["maybe-big"], Is.EqualTo("null"));
            Assert.That(options["flavour"], Is.EqualTo("ve"));
            Assert.That(options["flag"], Is.EqualTo("true"));
        }
    }

    [Test]
    public void A_quoted_null_is_a_word() =>
        Assert.That(Matrices.Read(("analyses", "{ analysis: test-options, with: { word: 'null' } }")).Analyses.Single().Choice.Options["word"], Is.EqualTo("null"));

    [Test]
    public void A_correction_learns_from_itself_a_label_an_id_or_a_mapping()
    {
        var m = Matrices.Read(
            ("methods", "[{ method: test-affine, name: a }, { method: test-affine, name: b, with: { spread: 2 } }, test-variance]"),
            ("corrections", """
                
                - none
                - test-shrink
                - { correction: test-shrink, source: self, name: own }
                - { correction: test-shrink, source: b, name: by label }
                - { correction: test-shrink, source: test-variance, name: by id }
                - { correction: test-shrink, source: { method: test-affine, with: { spread: 3 } }, name: by mapping }
                - { correction: test-shrink, teacher: { correction: test-shrink, with: { stop: 2 } }, name: taught }
                """));
        var sources = m.Corrections.Select(c => c?.Source?.Choice.Label);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(m.Corrections[0], Is.Null);
            Assert.That(sources, Is.EqualTo(new[] { null, null, null, "b", "test-variance", "test-affine spread=3", null }));
            Assert.That(m.Corrections[6]!.Teacher!.Choice.Label, Is.EqualTo("test-shrink stop=2"));
        }
    }

    [Test]
    public void An_id_that_means_two_methods_is_refused() => Assert.That(
        Matrices.Error(
            ("methods", "[{ method: test-affine, name: a }, { method: test-affine, name: b }]"),
            ("corrections", "{ correction: test-shrink, source: test-affine }")),
        Is.EqualTo("m.yaml:8:49: 'test-affine' means several methods: 'a', 'b'; name one"));

    [TestCase("45s", 45)]
    [TestCase("30m", 1800)]
    [TestCase("1.5h", 5400)]
    [TestCase("2 d", 172800)]
    public void A_time_has_a_unit(string text, double seconds) =>
        Assert.That(Matrices.Read(("limits", $"{{ time: {text} }}")).Limits.Time.TotalSeconds, Is.EqualTo(seconds));

    [TestCase("512MiB", 512L << 20)]
    [TestCase("1.5GiB", 3L << 29)]
    [TestCase("2GB", 2_000_000_000)]
    [TestCase("7 MB", 7_000_000)]
    public void A_size_has_a_unit(string text, long bytes)
    {
        Assert.That(Matrices.Read(("limits", $"{{ memory: {text} }}")).Limits, Is.EqualTo(LimitsReader.Default with { Memory = bytes }));
        Assert.That(Matrices.Read(("limits", $"{{ gpu-memory: {text} }}")).Limits, Is.EqualTo(LimitsReader.Default with { GpuMemory = bytes }));
    }

    [Test]
    public void Anchors_and_aliases_stand_for_what_they_name()
    {
        var m = Matrices.Read(("nfe", "&budgets [3, 7]"), ("seeds", "*budgets"), ("methods", "{ method: test-affine, nfe: *budgets }"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(m.Seeds, Is.EqualTo(new ulong[] { 3, 7 }));
            Assert.That(m.Methods.Single().Nfe, Is.EqualTo(new[] { 3, 7 }));
        }
    }

    [Test]
    public void Entries_have_samplers_and_budgets_of_their_own()
    {
        var method = Matrices.Read(("methods", "{ method: test-affine, nfe: 3, samplers: [{ sampler: test-euler, nfe: [1, 2] }, test-redraw] }")).Methods.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(method.Nfe, Is.EqualTo(new[] { 3 }));
            Assert.That(method.Samplers!.Select(s => s.Choice.Id), Is.EqualTo(new[] { "test-euler", "test-redraw" }));
            Assert.That(method.Samplers![0].Nfe, Is.EqualTo(new[] { 1, 2 }));
            Assert.That(method.Samplers[1].Nfe, Is.Null);
        }
    }

    [TestCase("007", 7)]
    [TestCase("'5'", 5)]
    [TestCase("+5", 5)]
    public void Whole_numbers_are_decimal(string text, int value) => Assert.That(Matrices.Read(("nfe", text)).Nfe, Is.EqualTo(new[] { value }));

    [Test]
    public void The_largest_seed_is_kept_exactly() =>
        Assert.That(Matrices.Read(("seeds", "[9223372036854775807, 9223372036854775806]")).Seeds, Is.EqualTo(new[] { (ulong)long.MaxValue, (ulong)long.MaxValue - 1 }));

    private static IEnumerable<string?> Labels(MatrixFile m, string axis) => axis switch
    {
        "datasets" => m.Datasets.Select(d => d.Choice.Label),
        "tasks" => m.Tasks.Select(t => t.Label),
        "methods" => m.Methods.Select(d => d.Choice.Label),
        "samplers" => m.Samplers.Select(d => d.Choice.Label),
        "metrics" => m.Metrics.Select(d => d.Label),
        "corrections" => m.Corrections.Select(c => c?.Choice.Label),
        _ => m.Analyses.Select(a => a.Choice.Label),
    };
}

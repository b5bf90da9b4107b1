using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Plugins;

/// <summary>What metadata tells of a good plugin.</summary>
public sealed class SampleCardTests
{
    private static readonly string[] s_ids =
    [
        "Method test-affine Denoiser", "Method test-blur Corruption", "Method test-variance VarianceDenoiser", "Method test-prior Denoiser", "Method test-rollout Denoiser", "Method test-thrifty Denoiser",
        "Sampler test-euler Denoiser", "Sampler test-naive Corruption", "Sampler test-redraw VarianceDenoiser",
        "Method test-calibrated VarianceDenoiser", "Sampler test-halving Denoiser", "Sampler test-imposing Denoiser",
        "Correction test-shrink ", "Correction test-denoise ", "Correction test-pairs ", "Correction test-stop ", "Correction test-matched ", "Analysis test-levels ", "Analysis test-options ", "Analysis test-strips ",
        "Dataset test-shapes ", "Metric test-mean ", "Metric test-mse ", "Task test-half ",
    ];

    [Test]
    public void Every_type_is_found_with_its_kind_and_model()
    {
        var sample = TestPlugins.Assembly("Sample");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sample.State, Is.EqualTo(PluginState.Ok), sample.Reason);
            Assert.That(sample.Contract, Is.EqualTo(new Version(1, 0, 0, 0)));
            Assert.That(sample.Types.Select(t => $"{t.Kind} {t.Id} {string.Join(',', t.Models)}"), Is.EquivalentTo(s_ids));
        }
    }

    [Test]
    public void A_card_has_title_paper_type_and_file()
    {
        var euler = TestPlugins.Type(PluginKind.Sampler, "test-euler");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(euler.Title, Is.EqualTo("Euler"));
            Assert.That(euler.Paper, Is.EqualTo("Karras et al., NeurIPS 2022"));
            Assert.That(euler.TypeName, Is.EqualTo("Dfx.TestPlugins.Sample.EulerSampler"));
            Assert.That(euler.File.Path, Is.EqualTo(TestPlugins.Dll("Sample")));
            Assert.That(TestPlugins.Catalog.AssemblyOf(euler).Name, Is.EqualTo("Sample"));
            Assert.That(TestPlugins.Type(PluginKind.Sampler, "test-redraw").Paper, Is.Empty);
        }
    }

    [TestCase(PluginKind.Method, "test-calibrated", PluginTraits.NeedsSource)]
    [TestCase(PluginKind.Method, "test-affine", PluginTraits.None)]
    [TestCase(PluginKind.Sampler, "test-halving", PluginTraits.Adaptive)]
    [TestCase(PluginKind.Sampler, "test-imposing", PluginTraits.ImposesKnown)]
    [TestCase(PluginKind.Correction, "test-stop", PluginTraits.Untrained)]
    [TestCase(PluginKind.Correction, "test-shrink", PluginTraits.None)]
    public void A_card_may_declare_more(object kind, string id, object traits) =>
        Assert.That(TestPlugins.Type((PluginKind)kind, id).Traits, Is.EqualTo(traits));

    [TestCase("test-pairs", "pairs", "pairs part level")]
    [TestCase("test-shrink", "", "")]
    public void A_correction_says_what_it_collects_and_by_which_options(string id, string word, string options)
    {
        var type = TestPlugins.Type(PluginKind.Correction, id);
        Assert.That((type.Collection, string.Join(' ', type.Parameters.Where(p => p.Collects).Select(p => p.Name))), Is.EqualTo((word, options)));
    }

    [TestCase("test-mean", MetricKinds.Distribution)]
    [TestCase("test-mse", MetricKinds.Paired)]
    public void A_metric_says_what_it_compares(string id, MetricKinds kinds) =>
        Assert.That(TestPlugins.Type(PluginKind.Metric, id).Metrics, Is.EqualTo(kinds));

    [Test]
    public void An_option_may_change_only_how_a_model_is_used()
    {
        Assert.That(TestPlugins.Type(PluginKind.Method, "test-prior").Parameters.Select(p => (p.Name, p.Inference)), Is.EqualTo(new[] { ("spread", false), ("prior", true) }));
        Assert.That(TestPlugins.Catalog.Of(PluginKind.Method).Concat(TestPlugins.Catalog.Of(PluginKind.Sampler)).Where(t => t.Inference.Any()).Select(t => t.Id), Is.EqualTo(new[] { "test-prior" }));
    }

    // name, member, type, nullable, default, minimum, maximum, exclusive ends, choices
    [TestCase("flag", "Flag bool - true -..- -- ")]
    [TestCase("thing-count", "ThingCount int - 4096 1..65536 -- ")]
    [TestCase("big", "Big long - 5000000000 -..- -- ")]
    [TestCase("rate", "Rate double - 0.001 0..1 -] ")]
    [TestCase("word", "Word text - plain words -..- -- ")]
    [TestCase("flavour", "Flavour choice - extra-dark -..- -- plain,extra-dark,ve")]
    [TestCase("precision", "Precision choice - bfloat16 -..- -- float32,bfloat16,tf32")]
    [TestCase("maybe-flag", "MaybeFlag bool ? NULL -..- -- ")]
    [TestCase("maybe-count", "MaybeCount int ? NULL -..- -- ")]
    [TestCase("maybe-big", "MaybeBig long ? 7 -..- -- ")]
    [TestCase("maybe-rate", "MaybeRate double ? NULL 0..- [- ")]
    [TestCase("maybe-word", "MaybeWord text ? NULL -..- -- ")]
    [TestCase("maybe-flavour", "MaybeFlavour choice ? NULL -..- -- plain,extra-dark,ve")]
    public void A_parameter_has_every_field(string name, string fields)
    {
        var p = TestPlugins.Type(PluginKind.Analysis, "test-options").Parameters.Single(p => p.Name == name);
        var bounds = FormattableString.Invariant($"{p.Minimum?.ToString() ?? "-"}..{p.Maximum?.ToString() ?? "-"}");
        var ends = (p.MinimumIsExclusive ? "[" : "-") + (p.MaximumIsExclusive ? "]" : "-");
        Assert.That(
            $"{p.Member} {p.Type.ToString().ToLowerInvariant()} {(p.Nullable ? "?" : "-")} {p.Default ?? "NULL"} {bounds} {ends} {string.Join(',', p.Choices)}",
            Is.EqualTo(fields));
    }

    [Test]
    public void Parameters_stand_in_the_order_of_the_record_with_descriptions()
    {
        var parameters = TestPlugins.Type(PluginKind.Analysis, "test-options").Parameters;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(parameters, Has.Count.EqualTo(13));
            Assert.That(parameters.Take(3).Select(p => p.Name), Is.EqualTo(new[] { "flag", "thing-count", "big" }));
            Assert.That(parameters[1].Description, Is.EqualTo("A number of things."));
            Assert.That(parameters[2].Description, Is.Empty);
        }
    }

    [Test]
    public void The_hosts_own_types_are_built_in()
    {
        var generate = TestPlugins.Type(PluginKind.Task, "generate");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(generate.TypeName, Is.EqualTo(typeof(GenerateTask).FullName));
            Assert.That(TestPlugins.Assembly("Dfx.Sdk").State, Is.EqualTo(PluginState.BuiltIn));
        }
    }

    [Test]
    public void The_nearest_id_is_of_the_same_kind()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(TestPlugins.Catalog.Nearest(PluginKind.Sampler, "test-eulr"), Is.EqualTo("test-euler"));
            Assert.That(TestPlugins.Catalog.Nearest(PluginKind.Method, "test-eulr"), Is.Not.EqualTo("test-euler"));
            Assert.That(TestPlugins.Catalog.Find(PluginKind.Method, "test-euler"), Is.Null);
        }
    }
}

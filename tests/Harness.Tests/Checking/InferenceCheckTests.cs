using System.Text.Json;
using Dfx.Harness.Checking;
using Dfx.Harness.Checking.Worker;
using Dfx.Harness.Plugins;
using Dfx.Harness.Plugins.Loading;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Checking;

/// <summary>The check of options that a method says change only how its models are used.</summary>
public sealed class InferenceCheckTests
{
    private const string Name = "inference prior";

    private static readonly PluginLoader s_loader = new();

    /// <summary>The card comes through to the process that checks.</summary>
    private static PluginType Type => JsonSerializer.Deserialize(CheckJson.Line(CheckRequest.Of(TestPlugins.Type(PluginKind.Method, "test-prior"), "")), CheckJson.Default.CheckRequest)!.Type;

    // Its numbers are in no network of the building blocks: they are declared, and the check of networks says so.
    [Test]
    public void An_option_that_training_does_not_read_passes_with_all_else() =>
        Assert.That(CheckList.Of(Type, options => s_loader.Create(Type, options), "").Select(check => Judge.Of("type", check, _ => null)).Select(f => (f.Outcome, f.Check)), Has.All.Matches<(CheckOutcome Outcome, string Check)>(f => f.Outcome == (f.Check == "networks" ? CheckOutcome.Skipped : CheckOutcome.Ok))
            .And.Some.Matches<(CheckOutcome Outcome, string Check)>(f => f.Check == Name));

    [Test]
    public void An_option_that_training_reads_fails()
    {
        var finding = Found(options => Create(options.Count > 0 ? new() { ["spread"] = "2" } : []));
        Assert.That(finding.Outcome, Is.EqualTo(CheckOutcome.Failed));
        Assert.That(finding.Line, Does.Contain("another value of 'prior' was trained to something else: variance differs at checkpoint 0.5"));
    }

    [Test]
    public void Another_value_is_tried_and_what_it_throws_fails() =>
        Assert.That(Found(options => options.Count == 0 ? Create([]) : throw new ArgumentException($"no prior of {options["prior"]}")).Line, Does.StartWith("FAIL").And.Contain("no prior of 2"));

    [Test]
    public void An_option_whose_other_values_nobody_knows_is_skipped()
    {
        var card = Type.Parameters.Single() with { Type = ParameterType.Text };
        var check = CheckList.Of(Type with { Parameters = [card] }, _ => Create([]), "").Single(c => c.Name == Name);
        Assert.That(Judge.Of("type", check, _ => null).Outcome, Is.EqualTo(CheckOutcome.Skipped));
    }

    [Test]
    public void Methods_without_such_options_have_no_such_check()
    {
        var type = TestPlugins.Type(PluginKind.Method, "test-affine");
        Assert.That(CheckList.Of(CheckRequest.Of(type, "").Type, _ => Create([]), "").Select(check => check.Name), Has.None.StartsWith("inference"));
    }

    private static PluginType Correction => TestPlugins.Type(PluginKind.Correction, "test-pairs");

    [Test]
    public void An_option_that_only_applies_a_correction_passes() =>
        Assert.That(OfCorrection(Correction, options => s_loader.Create(Correction, options)).Outcome, Is.EqualTo(CheckOutcome.Ok));

    /// <summary>What is trained differs, or already what is collected.</summary>
    [TestCase("strength", "2")]
    [TestCase("level", "0.7")]
    public void An_option_of_a_correction_that_training_reads_fails(string option, string value)
    {
        var finding = OfCorrection(Correction, options => s_loader.Create(Correction, options.Count > 0 ? new Dictionary<string, string> { [option] = value } : []));
        Assert.That(finding.Outcome, Is.EqualTo(CheckOutcome.Failed));
        Assert.That(finding.Line, Does.Contain("another value of 'gain' was trained to something else: factor differs at checkpoint 0.5"));
    }

    [Test]
    public void A_pupil_is_skipped() =>
        Assert.That(OfCorrection(Correction with { Traits = PluginTraits.NeedsTeacher }, options => s_loader.Create(Correction, options)).Line, Does.Contain("which one only a matrix says"));

    private static Finding OfCorrection(PluginType type, Func<IReadOnlyDictionary<string, string>, object> create)
    {
        using var scratch = new ScratchFolder();
        return Judge.Of("type", CheckList.Of(type, create, scratch.Path).Single(check => check.Name == "inference gain"), _ => null);
    }

    private static Finding Found(Func<IReadOnlyDictionary<string, string>, object> create) => Judge.Of("type", CheckList.Of(Type, create, "").Single(check => check.Name == Name), _ => null);

    private static object Create(Dictionary<string, string> options) => s_loader.Create(TestPlugins.Type(PluginKind.Method, "test-affine"), options);
}

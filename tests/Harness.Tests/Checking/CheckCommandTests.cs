using Dfx.Harness.Commands;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Checking;

/// <summary><c>dfx check</c> on plugins as users build them, well-behaved and not.</summary>
public sealed class CheckCommandTests
{
    private static string Baselines => Path.Combine(Repository.Root, "artifacts", "plugins", "Dfx.Baselines", "Dfx.Baselines.dll");

    [Test]
    public async Task The_baselines_pass_without_a_skip()
    {
        var (code, text) = await Check(Baselines);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, text);
            Assert.That(text, Does.Contain("ok    method dsm: resumes").And.Contain("ok    sampler heun: stop").And.Contain("0 failed, 0 skipped"));
        }
    }

    [Test]
    public async Task The_sample_plugin_passes_in_every_kind()
    {
        var (code, text) = await Check(TestPlugins.Dll("Sample"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, text);
            foreach (var kind in (string[])["method", "sampler", "correction", "dataset", "metric", "task", "analysis"])
            {
                Assert.That(text, Does.Contain($"ok    {kind} test-"));
            }
        }
    }

    [Test]
    public async Task A_plugin_that_prints_passes()
    {
        var (code, text) = await Check(TestPlugins.Dll("Scribbles"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, text);
            Assert.That(text, Does.Not.Contain("scribble:"));
        }
    }

    [TestCase("ThrowsInConstructor", "method test-throws-in-constructor: constructs", "no such thing as a free lunch")]
    [TestCase("ThrowsInTraining", "method test-throws-in-training: trains", "step 3 went wrong")]
    [TestCase("Diverges", "method test-diverges: trains", "The loss is NaN")]
    [TestCase("Diverges", "method test-nan-samples: outputs", "not finite")]
    [TestCase("CrashesNatively", "method test-aborts: trains", "signal 6")]
    [TestCase("CrashesNatively", "method test-terminates: trains", "what():  no shape fits")]
    [TestCase("CrashesNatively", "method test-segfaults: trains", "signal 11")]
    [TestCase("Overspends", "sampler test-overspends: budget", "asked for 2 network evaluations an image; its budget is 1")]
    [TestCase("MissingDependency", "analysis test-missing-yaml: constructs", "needs YamlDotNet.dll")]
    public async Task What_is_wrong_is_named(string plugin, string check, string happened)
    {
        var (code, text) = await Check(TestPlugins.Dll(plugin));
        var line = text.Split('\n').SingleOrDefault(l => l.StartsWith($"FAIL  {check}: expected: ", StringComparison.Ordinal));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(line, Does.Contain(happened).And.Contain("to mend it: "), text);
        }
    }

    [Test]
    public async Task What_hangs_is_ended_and_the_next_type_is_checked()
    {
        var (code, text) = await Check(TestPlugins.Dll("Hangs"), 3);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(text, Does.Match("FAIL  method test-hangs-asleep: trains: .*time limit of 3 s"));
            Assert.That(text, Does.Match("FAIL  method test-hangs-busy: trains: .*time limit of 3 s"));
        }
    }

    [Test]
    public async Task Tables_and_claims_beside_a_plugin_are_read()
    {
        using var folder = new ScratchFolder();
        var dll = folder.Copy(TestPlugins.Dll("Scribbles"), "Scribbles/Scribbles.dll");
        folder.Write("Scribbles/tables/a.yaml", "{ id: a, title: t, paper: p, columns: [{ title: c }], rows: [{ title: r }] }");
        folder.Write("Scribbles/tables/b.yaml", "{ id: b, title: t, paper: p, kolumns: [{ title: c }], rows: [{ title: r }] }");
        folder.Write("Scribbles/tables/c.yaml", "{ id: c, title: t, paper: p, source: nowhere, columns: [{ title: c }], rows: [{ title: r }] }");
        folder.Write("Scribbles/claims.yaml", "claims: [{ id: c, says: s, place: p, metric: fd, of: { method: a }, is: better, than: { method: b } }]");
        var (code, text) = await Check(dll);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(text, Does.Contain("ok    table a: definition").And.Contain("ok    claim c: definition").And.Contain(" 2 failed").And.Not.Contain("ok    table c"));
            Assert.That(text, Does.Match(@"FAIL  tables and claims: definition: expected: .*; happened: .*b\.yaml:1:1: the table lacks 'columns'; to mend it: docs/tables\.md"));
            Assert.That(text, Does.Match(@"FAIL  tables and claims: definition: expected: .*; happened: .*c\.yaml:1:\d+: the source 'nowhere' has no rows"));
        }
    }

    [TestCase("NewerContract", "refused: built for contract 1.1, this host has 1.0")]
    [TestCase("BadCards", "broken: ")]
    public void What_cannot_be_used_is_refused(string plugin, string reason) =>
        Assert.That(() => Check(TestPlugins.Dll(plugin)), Throws.TypeOf<UsageException>().With.Message.Contains(reason));

    [Test]
    public void What_is_no_plugin_is_refused()
    {
        using var folder = new ScratchFolder();
        var text = folder.Write("Text.dll", "text");
        var library = folder.Copy(typeof(Numerics.Noise.NoiseKey).Assembly.Location, "Library.dll");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Check(folder.At("Nowhere.dll")), Throws.TypeOf<UsageException>().With.Message.Contains("no such file"));
            Assert.That(() => Check(text), Throws.TypeOf<UsageException>().With.Message.Contains("broken"));
            Assert.That(() => Check(library), Throws.TypeOf<UsageException>().With.Message.Contains("no plugin types"));
        }
    }

    [Test]
    public async Task Unusable_input_ends_with_2()
    {
        using var errors = new StringWriter();
        var code = await Fault.Guard(async () => (await Check("nowhere.dll")).Code, errors);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(errors.ToString(), Does.StartWith("dfx: nowhere.dll: there is no such file"));
        }
    }

    private static async Task<(int Code, string Text)> Check(string dll, double seconds = 20)
    {
        using var output = new StringWriter();
        var code = await CheckCommand.Run(dll, seconds, output);
        return (code, output.ToString());
    }
}

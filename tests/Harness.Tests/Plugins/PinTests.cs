using Dfx.Harness.Commands;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;
using Dfx.Harness.Plugins.Loading;
using Dfx.Harness.Plugins.Trust;
using Dfx.Harness.Tests.Matrix;

namespace Dfx.Harness.Tests.Plugins;

/// <summary>Under <c>trust: pinned</c> no DLL is loaded that its user has not pinned as it is.</summary>
public sealed class PinTests
{
    private ScratchFolder _scratch = null!;
    private string _pins = null!;

    [SetUp]
    public void Make()
    {
        _scratch = new();
        _pins = _scratch.At("plugins.sha256");
        Drop("Sample");
    }

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public void What_is_pinned_runs_and_what_is_new_does_not()
    {
        var said = Pin();
        Assert.That(said, Does.Match("[0-9a-f]{64}  Sample  new, .*Sample.dll\n.*plugins.sha256\n"));
        Assert.That(File.ReadAllText(_pins), Does.Match("^# .*\n[0-9a-f]{64}  Sample\n$"));
        Drop("Diverges");
        Bare("EatsMemory");

        var (code, text) = Plan();

        Assert.That(code, Is.Zero, text);
        foreach (var name in (string[])["Diverges", "EatsMemory"])
        {
            var lines = text.Split('\n').Where(line => line.Contains($"{name}.dll is not loaded", StringComparison.Ordinal)).ToList();
            Assert.That(lines, Has.Count.EqualTo(1), text);
            Assert.That(lines[0], Does.Contain("it is not pinned (SHA-256 ").And.Contain($"if you trust this code, './dfx plugins pin {name} --plugins {_scratch.At("plugins")} --file {_pins}' takes it in"));
        }

        Assert.That(Plan(("methods", "test-diverges")).Code, Is.EqualTo(2), "it is not there");
        Assert.That(Pin("Diverges"), Does.Contain("Diverges  new"));
        Assert.That(Plan(("methods", "test-diverges")).Code, Is.Zero);
        Assert.That(File.ReadAllText(_pins), Does.Contain("  Sample\n").And.Not.Contain("EatsMemory"), "others stay as they were");
    }

    /// <summary>Any file of the plugin's: its DLL, one that it brings, one that was added.</summary>
    [TestCase("Sample.dll")]
    [TestCase("Sample.deps.json")]
    [TestCase("native/libextra.so")]
    public void A_changed_plugin_is_not_loaded(string file)
    {
        Pin();
        var path = _scratch.At($"plugins/Sample/{file}");
        File.WriteAllBytes(path, [.. File.Exists(path) ? File.ReadAllBytes(path) : [], 0]);
        var (code, text) = Plan();
        Assert.That(code, Is.EqualTo(2), text);
        Assert.That(text, Does.Contain("Sample.dll is not loaded: it is another one than was pinned"));
        Assert.That(Pin(), Does.Contain("Sample  changed"));
        Assert.That(Plan().Code, Is.Zero);
        Assert.That(Pin(), Does.Contain("Sample  as before"));
    }

    /// <summary>A native library that lies beside a bare DLL is loaded with it.</summary>
    [Test]
    public void What_lies_beside_a_bare_plugin_counts_as_far_as_it_may_be_loaded()
    {
        Bare("Diverges");
        Pin();
        var pins = PluginPins.Read(_pins);
        var bare = new PluginFile(_scratch.At("plugins/Diverges.dll"), OwnsFolder: false);
        Assert.That(pins.Refusal(bare), Is.Null);
        Bare("EatsMemory");
        Assert.That(pins.Refusal(bare), Is.Null, "another plugin is none of its files");
        _scratch.Write("plugins/libmine.so", "native");
        Assert.That(pins.Refusal(bare), Does.Contain("another one than was pinned"));
    }

    /// <summary>It has the name and the ids of a pinned one, comes first by path and is newer: a pinned plugin stays what is used.</summary>
    [Test]
    public void An_unknown_plugin_takes_no_place()
    {
        Pin();
        var other = _scratch.Copy(TestPlugins.Dll("Sample"), "aaa/Sample/Sample.dll");
        File.AppendAllText(other, " ");
        File.SetLastWriteTimeUtc(other, DateTime.UtcNow.AddDays(1));
        var (code, text) = Plan();
        Assert.That(code, Is.Zero, text);
        Assert.That(text, Does.Contain($"{other} is not loaded: it is another one than was pinned"));
        Assert.That(Plan(("plugins", null)).Text, Does.Contain(other), "without pins it would be in the way");
    }

    [TestCase("{ trust: pinned, file: nowhere }", "nowhere, the file of pinned plugins, cannot be read")]
    [TestCase("{ trust: pined }", "m.yaml:8:19: trust must be all or pinned, not 'pined'")]
    [TestCase("{ file: x }", "m.yaml:8:10: plugins lacks 'trust'")]
    [TestCase("{ trust: all, file: x }", "file is for 'trust: pinned'")]
    [TestCase("{ trust: pinned, files: x }", "plugins has no key 'files'; the nearest is 'file'")]
    [TestCase("pinned", "plugins must be a mapping, not 'pinned'")]
    public void What_is_wrong_is_said(string value, string message)
    {
        var (code, text) = Plan(("plugins", value));
        Assert.That(code, Is.EqualTo(2), text);
        Assert.That(text, Does.Contain(message));
    }

    [TestCase("abc  Sample\n", ":1: expected a SHA-256")]
    [TestCase("# x\n\n0123456789012345678901234567890123456789012345678901234567890123\n", ":3: expected a SHA-256")]
    public void A_damaged_file_of_pins_trusts_nobody(string content, string message)
    {
        File.WriteAllText(_pins, content);
        var (code, text) = Plan();
        Assert.That(code, Is.EqualTo(2), text);
        Assert.That(text, Does.Contain(_pins + message));
    }

    [Test]
    public void All_are_trusted_unless_the_matrix_says_otherwise()
    {
        Drop("Diverges");
        Assert.That(Plan(("plugins", "{ trust: all }"), ("methods", "test-diverges")).Code, Is.Zero);
        Assert.That(Plan(("plugins", null), ("methods", "test-diverges")).Code, Is.Zero);
    }

    [Test]
    public void A_name_that_no_plugin_has_cannot_be_pinned()
    {
        using var output = new StringWriter();
        Assert.That(() => PluginsCommand.Pin(["Sampel"], [_scratch.At("plugins")], _pins, output), Throws.TypeOf<UsageException>().With.Message.Contains("'Sampel'"));
    }

    /// <summary>A plugin that is built anew, or swapped, between the plan and its loading.</summary>
    [Test]
    public void A_worker_loads_what_was_planned()
    {
        var catalog = PluginCatalog.Discover([_scratch.At("plugins")], PluginFolders.HostAssemblies());
        var method = new PluginRefs().Of(MatrixReader.Read(_scratch.Write("m.yaml", Matrices.Text()), catalog).Methods[0].Choice);
        using (var session = new WorkerSession(_scratch.At("cache/x")[..^2]))
        {
            Assert.That(session.Create(method), Is.InstanceOf<object>());
        }

        File.AppendAllText(_scratch.At("plugins/Sample/Sample.deps.json"), " ");
        using var late = new WorkerSession(_scratch.At("cache/x")[..^2]);
        for (var i = 0; i < 2; i++)
        {
            Assert.That(() => late.Create(method), Throws.TypeOf<PluginException>().With.Message.Contains("have changed since the run was planned"));
        }
    }

    private void Drop(string name) => Directory.EnumerateFiles(Path.Combine(TestPlugins.Folder, name)).ToList()
        .ForEach(path => _scratch.Copy(path, $"plugins/{name}/{Path.GetFileName(path)}"));

    private void Bare(string name) => _scratch.Copy(TestPlugins.Dll(name), $"plugins/{name}.dll");

    private string Pin(params string[] names)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Assert.That(PluginsCommand.Pin(names, [_scratch.At("plugins")], _pins, output), Is.Zero);
        return output.ToString();
    }

    private (int Code, string Text) Plan(params (string, string?)[] changes)
    {
        var matrix = _scratch.Write("m.yaml", Matrices.Text([("plugins", "{ trust: pinned, file: plugins.sha256 }"), .. changes]));
        var (output, error, text) = (Console.Out, Console.Error, new StringWriter());
        Console.SetOut(text);
        Console.SetError(text);
        try
        {
            var code = PlanCommand.Create().Parse([matrix, "--plugins", _scratch.At("plugins"), _scratch.At("aaa"), "--results", _scratch.At("results")]).Invoke(new() { EnableDefaultExceptionHandler = false });
            return (code, text.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}

using System.Text.RegularExpressions;

namespace Dfx.EndToEnd;

/// <summary>The template, from <c>dotnet new</c> to a row in the leaderboard.</summary>
[TestFixture]
internal sealed class TemplateTests
{
    private Desk _desk = null!;
    private Outcome _build = null!;

    [OneTimeSetUp]
    public void Make()
    {
        _desk = new Desk().With("Dfx.Baselines");
        var installed = _desk.Sdk("new", "install", Path.Combine(Desk.Root, "templates", "dfx-method"));
        Assert.That(installed.Code, Is.Zero, installed.Output + installed.Errors);
        var made = _desk.Sdk("new", "dfx-method", "-o", "SharpNoise");
        Assert.That(made.Code, Is.Zero, made.Output + made.Errors);
        _build = _desk.Sdk("build", "SharpNoise/SharpNoise", "-c", "Release", "--disable-build-servers");
        Assert.That(_build.Code, Is.Zero, _build.Output);
        File.Copy(Dll, Path.Combine(_desk.Plugins, "SharpNoise.dll"));
    }

    [OneTimeTearDown]
    public void TearDown() => _desk.Dispose();

    private string Dll => Path.Combine(_desk.Folder, "SharpNoise", "SharpNoise", "bin", "Release", "net10.0", "SharpNoise.dll");

    [Test]
    public void It_builds_without_a_warning() => Assert.That(_build.Output, Does.Contain("0 Warning(s)"));

    [Test]
    public void Its_test_passes()
    {
        var outcome = _desk.Sdk("test", "SharpNoise/SharpNoise.Tests", "-c", "Release", "--disable-build-servers");
        Assert.That(outcome.Code, Is.Zero, outcome.Output + outcome.Errors);
        Assert.That(outcome.Output, Does.Match("Passed: +9"));
    }

    [Test]
    public void It_passes_the_contract_test()
    {
        var outcome = _desk.Dfx("check", Dll, "--time-limit", "120");
        Assert.That(outcome.Output, Does.Contain("SharpNoise: 15 checks passed, 0 failed, 0 skipped"), outcome.Errors);
    }

    [Test]
    public void Its_matrix_compares_it()
    {
        var matrix = File.ReadAllText(Path.Combine(_desk.Folder, "SharpNoise", "sharp-noise.yaml"));
        var tiny = Regex.Replace(matrix.Replace("steps: 1000", "steps: 8", StringComparison.Ordinal).Replace("samples: 256", "samples: 24", StringComparison.Ordinal), "(seeds|nfe): .*", "$1: [3]");
        var outcome = _desk.Run(_desk.Write("tiny.yaml", tiny));
        Assert.That(outcome.Code, Is.Zero, outcome.Output + outcome.Errors);
        Assert.That(Csv.Read(Path.Combine(_desk.Results, "tiny", "leaderboard.csv")).Select(row => $"{row["method"]} {row["status"]}"), Is.EquivalentTo(new[] { "dsm-edm ok", "sharp-noise ok" }));
    }
}

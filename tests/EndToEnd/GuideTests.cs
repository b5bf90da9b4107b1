using System.Text.RegularExpressions;

namespace Dfx.EndToEnd;

/// <summary>docs/write-a-method.md, followed from an empty folder: its files are built, checked and run as they stand on the page.</summary>
[TestFixture]
internal sealed class GuideTests
{
    private const string Project = "MinSnr.csproj";
    private const string Code = "MinSnrMethod.cs";
    private const string Second = "UncertaintyMethod.cs";
    private const string Matrix = "min-snr.yaml";

    // What the page's matrix has instead, so that it takes seconds.
    private static readonly (string Key, string Tiny)[] s_tiny = [("steps", "8"), ("samples", "24"), ("seeds", "[0]"), ("nfe", "[3]")];

    private readonly Guide _guide = new("docs/write-a-method.md");
    private Desk _desk = null!;
    private Outcome _build = null!;

    [OneTimeSetUp]
    public void Build()
    {
        _desk = new Desk().With("Dfx.Baselines");
        _build = Built(_desk, Desk.Root);
        Assert.That(_build.Code, Is.Zero, _build.Output + _build.Errors);
        File.Copy(Dll(_desk), Path.Combine(_desk.Plugins, "MinSnr.dll"));
    }

    [OneTimeTearDown]
    public void TearDown() => _desk.Dispose();

    [Test]
    public void It_builds_without_a_warning_and_brings_no_copy_of_the_host()
    {
        var files = Directory.EnumerateFiles(Path.GetDirectoryName(Dll(_desk))!, "*.dll").Select(path => Path.GetFileName(path));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_build.Output, Does.Contain("0 Warning(s)"));
            Assert.That(files, Is.EqualTo(new[] { "MinSnr.dll" }));
        }
    }

    // Its bytes are part of every key: a copy of the folder must not train again.
    [Test]
    public void The_folder_that_it_is_built_in_changes_no_byte()
    {
        using var other = new Desk();
        var build = Built(other, Desk.Root);
        Assert.That(build.Code, Is.Zero, build.Output);
        Assert.That(File.ReadAllBytes(Dll(other)), Is.EqualTo(File.ReadAllBytes(Dll(_desk))));
    }

    [Test]
    public void It_passes_the_contract_test()
    {
        // A check may take long on a busy machine, and none may be left out.
        var outcome = _desk.Dfx("check", Dll(_desk), "--time-limit", "120");
        Assert.That(outcome.Code, Is.Zero, outcome.Output + outcome.Errors);
        Assert.That(outcome.Output, Does.Contain("MinSnr: 30 checks passed, 0 failed, 0 skipped"), "as the page has it");
        Assert.That(Regex.Count(outcome.Output, "^ok +method min-snr: ", RegexOptions.Multiline), Is.EqualTo(15), "as the page has it of the first method");
    }

    [Test]
    public void Its_card_is_listed()
    {
        var outcome = _desk.Dfx("list", "methods", "--plugins", _desk.Plugins);
        Assert.That(outcome.Output, Does.Match(@"min-snr +denoiser +Min-SNR weighting +Hang et al\., ICCV 2023 +\(MinSnr\)\n +gamma +double +=? *5"));
    }

    [Test]
    public void The_matrix_of_the_page_has_a_plan()
    {
        var outcome = _desk.Dfx("plan", _desk.Write(Matrix, _guide[Matrix]), "--plugins", _desk.Plugins);
        Assert.That(outcome.Code, Is.Zero, outcome.Output + outcome.Errors);
        Assert.That(outcome.Output, Does.Contain("6 train jobs: 6 missing").And.Contain("12 cell jobs: 12 missing"));
    }

    [Test]
    public void Without_a_clamp_its_row_is_that_of_dsm_and_with_one_it_is_not()
    {
        var outcome = _desk.Run(_desk.Write("tiny.yaml", Tiny(_guide[Matrix])));
        Assert.That(outcome.Code, Is.Zero, outcome.Output + outcome.Errors);
        var rows = Csv.Read(Path.Combine(_desk.Results, "tiny", "leaderboard.csv")).ToDictionary(row => row["method"], row => row["fd-fmnist-cnn-mean"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows["limit"], Is.EqualTo(rows["dsm process=iddpm"]));
            Assert.That(rows["min-snr"], Is.Not.EqualTo(rows["dsm process=iddpm"]));
            Assert.That(File.ReadAllText(Path.Combine(_desk.Results, "tiny", "report.html")), Does.Contain("min-snr"));
        }
    }

    [Test]
    public void A_checkout_that_was_never_built_is_one_error_with_the_remedy()
    {
        using var other = new Desk();
        File.Copy(Path.Combine(Desk.Root, "plugins", "Plugin.props"), Path.Combine(other.Plugins, "Plugin.props"));
        var outcome = Built(other, other.Folder);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Code, Is.Not.Zero);
            Assert.That(outcome.Output, Does.Contain("error : Dfx is not built").And.Contain($"Run {other.Folder}/dfx doctor once"));
            Assert.That(outcome.Output, Does.Contain("1 Error(s)"));
        }
    }

    [Test]
    public void Its_links_lead_somewhere() => Assert.That(_guide.BrokenLinks(), Is.Empty);

    private static string Dll(Desk desk) => Path.Combine(desk.Folder, "min-snr", "bin", "Release", "net10.0", "MinSnr.dll");

    private Outcome Built(Desk desk, string root)
    {
        var folder = Directory.CreateDirectory(Path.Combine(desk.Folder, "min-snr")).FullName;
        foreach (var name in (string[])[Project, Code, Second])
        {
            File.WriteAllText(Path.Combine(folder, name), _guide[name]);
        }

        return Desk.Build(folder, root);
    }

    private string Tiny(string matrix)
    {
        var limited = Replaced(matrix, "methods: .*", _guide["limit"].Trim());
        return s_tiny.Aggregate(limited, (text, t) => Replaced(text, $@"\b{t.Key}: (\[.*?\]|[^,\s}}]+)", $"{t.Key}: {t.Tiny}"));
    }

    private static string Replaced(string text, string pattern, string by)
    {
        Assert.That(Regex.Count(text, pattern), Is.EqualTo(1), $"{pattern} in\n{text}");
        return Regex.Replace(text, pattern, by);
    }
}

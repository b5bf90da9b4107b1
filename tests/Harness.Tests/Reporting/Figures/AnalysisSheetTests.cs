using Dfx.Data.Images;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Figures.Samples;
using Dfx.Harness.Store;
using Dfx.Harness.Store.Merging;
using Dfx.Harness.Tests.Plugins;
using Dfx.Harness.Tests.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Reporting.Figures;

/// <summary>From the sheets of an analysis to the report: a results folder with a cell and an analysis that left two sheets and a text.</summary>
public sealed class AnalysisSheetTests
{
    private static readonly string s_key = TestRecords.Key("strips");

    private readonly List<string> _complaints = [];
    private ScratchFolder _scratch = null!;
    private ResultsFolder _folder = null!;

    [SetUp]
    public void Make()
    {
        _complaints.Clear();
        _scratch = new();
        _folder = new(_scratch.At("results/one/x")[..^2]);
        _folder.Create();
        using var scope = torch.NewDisposeScope();
        var files = AnalysisFiles.Write(_folder.MakeArtifacts(s_key), new([new("a", "One.")], [[1L]])
        {
            Sheets = [Sheet("forward", 0), Sheet("reverse", 0.5)],
            Texts = new Dictionary<string, string> { ["schedule.json"] = "{}" },
        });
        RecordFiles.Write(_folder, TestRecords.Record(s_key) with { Kind = "analyse", Outcome = new() { Files = [.. files.Keys] }, Checksums = files });
        RecordFiles.Write(_folder, TestRecords.Record(TestRecords.Key("cell")) with { Kind = "cell", Outcome = new() { Metrics = [TestCells.Metric("fd", 1)] } });
        _folder.WriteManifest(Manifest());
    }

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public void Every_image_stands_in_its_row_and_column()
    {
        var sheets = Read(_folder);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sheets.Select(sheet => sheet.Name), Is.EqualTo(new[] { "sheet-soft-strips_d_generate_soft_0_forward", "sheet-soft-strips_d_generate_soft_0_reverse" }));
            Assert.That((sheets[0].Title, sheets[0].Caption, sheets[0].ColumnTitle), Is.EqualTo(("The forward, d, soft", "Pictures of the analysis soft-strips, seed 0.", "t")));
            Assert.That(sheets[1].Columns, Is.EqualTo(new[] { "0", "0.5", "1" }));
            Assert.That(sheets[1].Rows.Select(row => row.Name), Is.EqualTo(new[] { "truth", "" }));
            // Row r and column c have the grey (start + 0.1 c + 0.3 r), as a byte rounded half up.
            Assert.That(Greys(sheets[0]), Is.EqualTo(new byte[] { 128, 140, 153, 166, 179, 191 }));
            Assert.That(Greys(sheets[1]), Is.EqualTo(new byte[] { 191, 204, 217, 230, 242, 255 }));
            Assert.That(_complaints, Is.Empty);
        }
    }

    [Test]
    public void The_report_has_them_as_files_and_on_the_page()
    {
        Reports.Write(_folder, Manifest(), _complaints.Add);
        var page = File.ReadAllText(_folder.PagePath);
        var files = Directory.EnumerateFiles(_folder.Figures).Select(path => Path.GetFileName(path)!).Where(name => name.Contains("_reverse", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_complaints, Is.Empty);
            Assert.That(files.Select(name => name.Split('.', 2)[1]), Is.EqualTo(new[] { "pdf", "png", "sheet.png", "svg" }));
            Assert.That(page, Does.Contain("The reverse, d, soft").And.Contain("alt=\"Image of truth, t 0.5\"").And.Contain("class=\"sheet\""));
        }
    }

    /// <summary>Any byte of the pictures' file, and files that are gone or folders: one line, and the rest is there.</summary>
    [TestCase("sheet-forward.png", 1)]
    [TestCase("sheets.json", 0)]
    public void A_damaged_file_is_named_in_one_line_and_costs_itself_alone(string file, int left)
    {
        var path = Path.Combine(_folder.ArtifactsOf(s_key), file);
        var bytes = File.ReadAllBytes(path);
        foreach (var place in (int[])[0, bytes.Length / 2, bytes.Length - 1])
        {
            var damaged = (byte[])bytes.Clone();
            damaged[place] ^= 4;
            File.WriteAllBytes(path, damaged);
            Check("its bytes are not those that were written");
        }

        File.WriteAllBytes(path, bytes[..^20]);
        Check("its bytes are not those that were written");
        File.Delete(path);
        Check("");
        Directory.CreateDirectory(path);
        Check("");

        void Check(string why)
        {
            _complaints.Clear();
            Assert.That(Read(_folder), Has.Count.EqualTo(left));
            Assert.That(_complaints, Has.Count.EqualTo(1));
            Assert.That(_complaints[0], Does.StartWith($"{_folder.Root}: artifacts/{s_key}/{file} cannot be read ({why}").And.EndWith($"); run the matrix again, which makes it anew"));
            Reports.Write(_folder, Manifest(), _ => { });
            Assert.That(File.ReadAllText(_folder.PagePath).Contains("The reverse, d, soft", StringComparison.Ordinal), Is.EqualTo(left == 1));
        }
    }

    /// <summary>Files that agree with their checksums, but not with each other.</summary>
    [TestCase("""{"sheets":[{"name":"../forward","title":"","column-title":"","columns":["x"],"rows":["y"],"width":1,"height":1}]}""", "sheets.json", "it names no sheets")]
    [TestCase("""{"sheets":[null]}""", "sheets.json", "it names no sheets")]
    [TestCase("""{}""", "sheets.json", "it names no sheets")]
    [TestCase("""{"sheets":[{"name":"forward","title":"","column-title":"","columns":["x"],"rows":["y"],"width":7,"height":1}]}""", "sheet-forward.png", "it has 180x120 pixels, not 1 columns and 1 rows of 7x1")]
    [TestCase("""{"sheets":[{"name":"other","title":"","column-title":"","columns":["x"],"rows":["y"],"width":7,"height":1}]}""", "sheet-other.png", "")]
    [TestCase("""[""", "sheets.json", "")]
    public void Sheets_that_somebody_wrote_by_hand_are_named(string json, string file, string why)
    {
        var path = Path.Combine(_folder.ArtifactsOf(s_key), KeptSheets.FileName);
        File.WriteAllText(path, json);
        var record = RecordFiles.Read(_folder, s_key)!;
        RecordFiles.Write(_folder, record with { Checksums = new Dictionary<string, string>(record.Checksums!) { [KeptSheets.FileName] = Checksum.Text(File.ReadAllBytes(path)) } });
        Assert.That(Read(_folder), Is.Empty);
        Assert.That(_complaints, Has.Count.EqualTo(1).And.All.Contains($"artifacts/{s_key}/{file} cannot be read ({why}"));
    }

    [Test]
    public void A_table_that_cannot_be_read_does_not_hide_them()
    {
        File.Delete(Path.Combine(_folder.ArtifactsOf(s_key), AnalysisResult.FileName));
        Assert.That(Read(_folder), Has.Count.EqualTo(2));
    }

    [Test]
    public void Merged_and_reused_results_have_them_too()
    {
        var (all, next) = (new ResultsFolder(_scratch.At("all/x")[..^2]), new ResultsFolder(_scratch.At("results/two/x")[..^2]));
        all.Create();
        next.Create();
        Assert.That(Merger.Merge(all, [(_folder, Manifest())], _complaints.Add), Is.Empty);
        Assert.That(new Reuse(next, ReuseFrom.Own, _ => { }).Of([new(TestRecords.Job(s_key, JobKind.Analyse), Standing.Missing, [], null)]), Is.EqualTo(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read(all).SelectMany(Greys), Is.EqualTo(Read(_folder).SelectMany(Greys)));
            Assert.That(Read(next).SelectMany(Greys), Is.EqualTo(Read(_folder).SelectMany(Greys)));
            Assert.That(File.ReadAllText(Path.Combine(next.ArtifactsOf(s_key), "schedule.json")), Is.EqualTo("{}"));
            Assert.That(_complaints, Is.Empty);
        }
    }

    private IReadOnlyList<SampleSheet> Read(ResultsFolder folder) => new AnalysisSheets(folder, _complaints.Add).Read(Results.Read(folder, Manifest(), _ => { }));

    private static AnalysisSheet Sheet(string name, double start) =>
        new(name, $"The {name}", "t", ["0", "0.5", "1"], [.. ((string[])["truth", ""]).Select((row, r) => new AnalysisSheetRow(row, Images(start + (0.3 * r))))]);

    private static torch.Tensor Images(double start) => torch.stack([.. Enumerable.Range(0, 3).Select(c => torch.full([1, 30, 30], start + (0.1 * c), torch.float64))]);

    private static IEnumerable<byte> Greys(SampleSheet sheet) => sheet.Rows.SelectMany(row => row.Images).Select(Grey);

    private static byte Grey(PixelImage? image)
    {
        var distinct = image!.Pixels.ToArray().Distinct().ToList();
        Assert.That((image.Width, image.Height, distinct.Count), Is.EqualTo((60, 60, 1)));
        return distinct[0];
    }

    private static Manifest Manifest() => new()
    {
        Matrix = "m",
        Source = "",
        Environment = new Dictionary<string, string>(),
        Plugins = new Dictionary<string, string>(),
        Jobs =
        [
            new(TestRecords.Key("cell"), "cell", "cell", [], TestCells.Fd("soft", 0, 1).Axes),
            new(s_key, "analyse", "strips", [], new Dictionary<string, string> { ["dataset"] = "d", ["task"] = "generate", ["analysis"] = "soft-strips", ["method"] = "soft", ["seed"] = "0" }),
        ],
    };
}

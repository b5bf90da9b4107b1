using Dfx.Data.Images;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Store;
using Dfx.Harness.Tests.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Execution;

/// <summary>What an analysis leaves beside its table, and what it may not return.</summary>
public sealed class AnalysisFilesTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void Open() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void Close() => _scope.Dispose();

    /// <summary>Two rows of three images of 40 pixels, the least that is not enlarged; each image has a grey of its own.</summary>
    [Test]
    public void Sheets_become_pictures_and_texts_files_each_with_a_checksum()
    {
        using var scratch = new ScratchFolder();
        var sheet = new AnalysisSheet("fade", "Fading", "t", ["0", "0.5", "1"], [Row("a", -1, 0, 1), Row("b", 0.5, -0.5, 7)]);
        var kept = AnalysisFiles.Write(scratch.Path, Table([sheet], ("schedule.json", "{\"levels\":[1,2]}"), ("a-b.2.txt", "é")));
        var picture = Png.DecodePixels(File.ReadAllBytes(scratch.At("sheet-fade.png")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept.Keys, Is.EqualTo(new[] { "table.csv", "sheets.json", "sheet-fade.png", "a-b.2.txt", "schedule.json" }));
            Assert.That(kept.Values, Is.EqualTo(kept.Keys.Select(name => Checksum.Text(File.ReadAllBytes(scratch.At(name))))));
            Assert.That(File.ReadAllText(scratch.At("schedule.json")), Is.EqualTo("{\"levels\":[1,2]}"));
            Assert.That(File.ReadAllBytes(scratch.At("a-b.2.txt")), Is.EqualTo(new byte[] { 0xc3, 0xa9 }), "UTF-8 without a mark");
            Assert.That((picture.Width, picture.Height, picture.Channels), Is.EqualTo((120, 80, 1)));
            // 127.5 (x + 1) rounded half up, at the middle of each image; what is beyond 1 is white.
            Assert.That(Enumerable.Range(0, 6).Select(i => picture.Pixels.Span[((((i / 3) * 40) + 20) * 120) + ((i % 3) * 40) + 20]), Is.EqualTo(new byte[] { 0, 128, 255, 191, 64, 255 }));
            Assert.That(File.ReadAllText(scratch.At("sheets.json")), Does.Contain("\"column-title\": \"t\"").And.Contain("\"width\": 40"));
        }
    }

    [Test]
    public void Small_images_are_enlarged_by_a_whole_number()
    {
        using var scratch = new ScratchFolder();
        _ = AnalysisFiles.Write(scratch.Path, Table([new("rgb", "", "", ["x"], [new("", torch.zeros(1, 3, 14, 28))])]));
        var picture = Png.DecodePixels(File.ReadAllBytes(scratch.At("sheet-rgb.png")));
        Assert.That((picture.Width, picture.Height, picture.Channels), Is.EqualTo((56, 28, 3)));
    }

    [Test]
    public void A_table_alone_is_one_file()
    {
        using var scratch = new ScratchFolder();
        Assert.That(AnalysisFiles.Write(scratch.Path, Table([])).Keys, Is.EqualTo(new[] { "table.csv" }));
        Assert.That(Directory.GetFiles(scratch.Path), Has.Length.EqualTo(1));
    }

    [TestCaseSource(nameof(Faults))]
    public void What_no_report_could_show_is_refused_before_anything_is_written(Func<AnalysisTable?> make, string why)
    {
        using var scratch = new ScratchFolder();
        Assert.That(() => AnalysisFiles.Write(scratch.Path, make()!), Throws.InvalidOperationException.With.Message.EqualTo(why));
        Assert.That(Directory.GetFileSystemEntries(scratch.Path), Is.Empty);
    }

    private static IEnumerable<TestCaseData> Faults()
    {
        const string Name = "expected kebab-case of at most 80 letters, such as forward-process";
        const string Text = "expected kebab-case of at most 80 letters with an extension, such as schedule.json";
        yield return Fault("no table", () => null, "the analysis returned null instead of a table");
        yield return Fault("upper case", () => Table([Sheet("Fade")]), $"'Fade' is no name of a sheet; {Name}");
        yield return Fault("path", () => Table([Sheet("../fade")]), $"'../fade' is no name of a sheet; {Name}");
        yield return Fault("twice", () => Table([Sheet("a"), Sheet("b"), Sheet("a")]), "two sheets of the analysis are called 'a'");
        yield return Fault("no rows", () => Table([new("s", "", "", ["x"], [])]), "the sheet 's' has 1 columns and 0 rows; expected at least one of each");
        yield return Fault("no columns", () => Table([new("s", "", "", [], [new("", torch.zeros(0, 1, 2, 2))])]), "the sheet 's' has 0 columns and 1 rows; expected at least one of each");
        yield return Fault("too few images", () => Images(torch.zeros(1, 1, 2, 2)), "row 1 of the sheet 's' has images [1,1,2,2]; expected [2,C,H,W], one a column, of 1 or 3 channels");
        yield return Fault("flat", () => Images(torch.zeros(2, 4)), "row 1 of the sheet 's' has images [2,4]; expected [2,C,H,W], one a column, of 1 or 3 channels");
        yield return Fault("two channels", () => Images(torch.zeros(2, 2, 4, 4)), "row 1 of the sheet 's' has images [2,2,4,4]; expected [2,C,H,W], one a column, of 1 or 3 channels");
        yield return Fault("other shape", () => Images(torch.zeros(2, 1, 4, 4), torch.zeros(2, 1, 4, 5)), "row 2 of the sheet 's' has images [2,1,4,5], the first row [2,1,4,4]; expected one shape");
        yield return Fault("bytes", () => Images(torch.zeros([2, 1, 4, 4], torch.uint8)), "row 1 of the sheet 's' has images of Byte; expected floating numbers in [-1, 1]");
        yield return Fault("not finite", () => Images(torch.zeros(2, 1, 4, 4), torch.full([2, 1, 4, 4], double.NaN)), "row 2 of the sheet 's' has images that are not finite everywhere");
        yield return Fault("elsewhere", () => Images(torch.zeros([2, 1, 4, 4], device: torch.META)), "row 1 of the sheet 's' has images on META; expected them on the CPU");
        yield return Fault("null", () => Images([null!]), "row 1 of the sheet 's' has no images");
        yield return Fault("disposed", Disposed, "row 1 of the sheet 's' has images that were disposed before they were returned");
        foreach (var name in (string[])["schedule", "Schedule.json", "a/b.json", "../b.json", ".json", "a..json", "a.", "a b.txt", new string('a', 81) + ".txt"])
        {
            yield return Fault($"text {name}", () => Table([], (name, "")), $"'{name}' is no name of a text; {Text}");
        }

        foreach (var name in (string[])["table.csv", "sheets.json", "state.safetensors"])
        {
            yield return Fault($"text {name}", () => Table([], (name, "")), $"the text '{name}' has the name of a file of the host; give it another one");
        }

        yield return Fault("text sheet-a.png", () => Table([Sheet("a")], ("sheet-a.png", "")), "the text 'sheet-a.png' has the name of a sheet's picture; give it another one");
        yield return Fault("text null", () => Table([], ("a.txt", null!)), "the text 'a.txt' is null");
    }

    private static TestCaseData Fault(string name, Func<AnalysisTable?> make, string why) => new TestCaseData(make, why).SetArgDisplayNames(name);

    private static AnalysisTable Disposed()
    {
        var images = torch.zeros(2, 1, 4, 4);
        images.Dispose();
        return Images(images);
    }

    private static AnalysisTable Images(params torch.Tensor[] rows) => Table([new("s", "", "", ["x", "y"], [.. rows.Select(images => new AnalysisSheetRow("", images))])]);

    private static AnalysisSheet Sheet(string name) => new(name, "", "", ["x"], [new("", torch.zeros(1, 1, 2, 2))]);

    private static AnalysisSheetRow Row(string name, params double[] greys) => new(name, torch.stack([.. greys.Select(grey => torch.full([1, 40, 40], grey, torch.float64))]));

    private static AnalysisTable Table(IReadOnlyList<AnalysisSheet> sheets, params (string Name, string Text)[] texts) =>
        new([new("a", "One.")], [[1.0]]) { Sheets = sheets, Texts = texts.ToDictionary(text => text.Name, text => text.Text) };
}

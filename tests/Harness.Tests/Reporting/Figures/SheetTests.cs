using Dfx.Data.Images;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Samples;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Reporting.Figures;

/// <summary>Sheets of images from grids in which every image has a grey of its own.</summary>
public sealed class SheetTests
{
    private const int Side = 3;
    private const byte Padding = 255;

    [Test]
    public void Samples_stand_in_the_row_of_their_method_and_the_column_of_their_budget()
    {
        using var scratch = new ScratchFolder();
        var cells = MadeResults.Grid().Where(cell => cell.Axes["sampler"] == "heun").ToArray();
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Keep(scratch, cells[i], "grid.png", Grid(8, 2, (row, column) => (byte)((10 * i) + row + column)));
        }

        var sheet = new SheetMaker(new(scratch.Path)).Make(MadeResults.Of(cells)).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sheet.Rows.Select(row => row.Name), Is.EqualTo(new[] { "dsm", "p2" }));
            Assert.That(sheet.Columns, Is.EqualTo(new[] { "5", "35" }));
            // Cells 0 and 4 are seed 0 of dsm and p2 at NFE 5, cells 2 and 6 at NFE 35.
            Assert.That(sheet.Rows.SelectMany(row => row.Images.Select(image => Grey(image!, 0, 0))), Is.EqualTo(new[] { 0, 20, 40, 60 }));
            Assert.That((sheet.Rows[0].Images[0]!.Width, sheet.Rows[0].Images[0]!.Height), Is.EqualTo((4 * (Side + 1), 2 * (Side + 1))));
            Assert.That(Texts(sheet), Is.SupersetOf(new[] { "p2", "35", "NFE" }));
        }
    }

    [TestCase(2, "ground truth")]
    [TestCase(3, "ground truth", "observed")]
    [TestCase(4, "ground truth", "observed", "mask")]
    public void Strips_of_a_restoration_begin_with_the_truth_and_what_was_observed(int columns, params string[] names)
    {
        using var scratch = new ScratchFolder();
        var cell = MadeResults.Grid().First(c => c.Axes["sampler"] == "heun" && c.Axes["nfe"] == "35");
        cell = cell with { Axes = new Dictionary<string, string>(cell.Axes) { ["task"] = "inpaint/half" } };
        cell = Keep(scratch, cell, "grid.png", Grid(columns, 8, (row, column) => (byte)((50 * column) + row)));
        cell = Keep(scratch, cell, "restored.png", Grid(8, 2, (row, column) => (byte)(200 + column)));
        var sheet = new SheetMaker(new(scratch.Path)).Make(MadeResults.Of(cell)).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sheet.Rows.Select(row => row.Name), Is.EqualTo(names.Append("dsm")));
            Assert.That(sheet.Rows.Select(row => Grey(row.Images[0]!, 0, 5)), Is.EqualTo(names.Select((_, column) => (50 * column) + 5).Append(205)));
        }
    }

    [Test]
    public void A_grid_that_is_gone_or_damaged_leaves_its_place_empty()
    {
        using var scratch = new ScratchFolder();
        var cells = MadeResults.Grid().Where(c => c.Axes["sampler"] == "heun").Select(cell => Named(cell, "grid.png")).ToArray();
        File.WriteAllText(scratch.At($"artifacts/{cells[0].Key}/grid.png"), "no image");
        Assert.That(new SheetMaker(new(scratch.Path)).Make(MadeResults.Of(cells)), Is.Empty, "nothing can be read");
        Keep(scratch, cells[2], "grid.png", Grid(8, 2, (_, _) => 7));
        var sheet = new SheetMaker(new(scratch.Path)).Make(MadeResults.Of(cells)).Single();
        Assert.That(sheet.Rows.SelectMany(row => row.Images.Select(image => image is null)), Is.EqualTo(new[] { true, false, true, true }));
        Assert.That(SheetDrawing.Of(sheet).Sources.Keys, Is.EqualTo(new[] { "sheet.png" }));
    }

    /// <summary>Papers' own names, a case of letters, and names without any.</summary>
    [Test]
    public void Samplers_whose_names_look_alike_have_sheets_of_their_own()
    {
        string[] samplers = ["DPM-Solver", "DPM-Solver++", "dpm-solver", "Heun", "heun", "速い", "遅い"];
        using var scratch = new ScratchFolder();
        var cells = samplers.Select((sampler, i) => Keep(scratch, MadeResults.Cell("dsm", sampler, 5, 0, 1), "grid.png", Grid(8, 2, (_, _) => (byte)(10 * i)))).ToArray();
        var sheets = new SheetMaker(new(scratch.Path)).Make(MadeResults.Of(cells));
        List<string> complaints = [];
        FigureFolder.Write(scratch.At("figures/."), [.. sheets.Select(SheetDrawing.Of)], complaints.Add);
        Assert.That(complaints, Is.Empty);
        Assert.That(Directory.GetFiles(scratch.At("figures/."), "*.sheet.png").Select(path => Grey(Png.DecodePixels(File.ReadAllBytes(path)), 0, 0)), Is.EquivalentTo(new[] { 0, 10, 20, 30, 40, 50, 60 }));
        var alone = new SheetMaker(new(scratch.Path)).Make(MadeResults.Of(cells[1])).Single();
        Assert.That(sheets.Select(sheet => sheet.Name), Does.Contain(alone.Name), "whichever others are there");
    }

    private static List<string> Texts(SampleSheet sheet)
    {
        using var picture = SheetDrawing.Of(sheet).Draw();
        return Drawn.Texts(picture).ConvertAll(text => text.Text);
    }

    private static CellRow Keep(ScratchFolder scratch, CellRow cell, string name, PixelImage image)
    {
        File.WriteAllBytes(scratch.At($"artifacts/{cell.Key}/{name}"), Png.Encode(image));
        return Named(cell, name);
    }

    private static CellRow Named(CellRow cell, string name) => cell with { Outcome = cell.Outcome! with { Files = [.. cell.Outcome!.Files, name] } };

    /// <summary>A grid as cells keep it: a pixel of padding before each image and at the far edges.</summary>
    private static PixelImage Grid(int columns, int rows, Func<int, int, byte> grey)
    {
        var (width, height) = ((columns * (Side + 1)) + 1, (rows * (Side + 1)) + 1);
        var pixels = Enumerable.Range(0, width * height).Select(i => (X: i % width, Y: i / width))
            .Select(p => p.X % (Side + 1) == 0 || p.Y % (Side + 1) == 0 ? Padding : grey(p.Y / (Side + 1), p.X / (Side + 1))).ToArray();
        return new(width, height, 1, pixels);
    }

    private static int Grey(PixelImage image, int row, int column) =>
        image.Pixels.Span[(((row * (Side + 1)) + 2) * image.Width) + (column * (Side + 1)) + 2];
}

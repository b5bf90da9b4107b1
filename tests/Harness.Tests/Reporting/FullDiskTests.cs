using Dfx.Data.Images;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>A device that fills up while reports are written: what is there is whole, what is missing is said, and the next report makes it.</summary>
public sealed class FullDiskTests
{
    private readonly List<string> _complaints = [];

    [Test]
    public void Pictures_that_do_not_fit_are_missing_said_and_made_by_the_next_report()
    {
        using var disk = new SmallDisk(60);
        IReadOnlyList<Drawing> drawings = [.. FigureList.Of(MadeResults.Of(MadeResults.Grid()), []).Select(Drawing.Of)];
        FigureFolder.Write(disk.Path, drawings, _complaints.Add);
        Assert.That(_complaints, Is.Not.Empty.And.All.Contains("it is missing, and the next report draws it"));
        Assert.That(Directory.EnumerateFiles(disk.Path), Has.All.Matches<string>(path => new FileInfo(path).Length > 0));
        Assert.That(Directory.EnumerateFiles(disk.Path, ".*"), Is.Empty, "drafts are left");
        Assert.That(Pictures(disk), Has.Count.LessThan(3 * drawings.Count));

        disk.Grow(8000);
        _complaints.Clear();
        FigureFolder.Write(disk.Path, drawings, _complaints.Add);
        Assert.That(_complaints, Is.Empty);
        Assert.That(Pictures(disk), Has.Count.EqualTo(3 * drawings.Count));
        Assert.That(Pictures(disk).Where(path => Path.GetExtension(path) == ".pdf"), Has.All.Matches<string>(path => File.ReadAllText(path).TrimEnd().EndsWith("%%EOF", StringComparison.Ordinal)));
    }

    /// <summary>As an earlier version left them, whose sources are unchanged.</summary>
    [Test]
    public void An_empty_picture_beside_unchanged_sources_is_drawn_again()
    {
        using var scratch = new Plugins.ScratchFolder();
        IReadOnlyList<Drawing> drawings = [.. FigureList.Of(MadeResults.Of(MadeResults.Grid()), []).Take(1).Select(Drawing.Of)];
        FigureFolder.Write(scratch.Path, drawings, _complaints.Add);
        var whole = FigureFile.Pictures.ToDictionary(ending => ending, ending => File.ReadAllBytes(new FigureFile(scratch.Path, drawings[0].Name).Path(ending)));
        FigureFile.Pictures.ToList().ForEach(ending => File.WriteAllBytes(new FigureFile(scratch.Path, drawings[0].Name).Path(ending), []));
        FigureFolder.Write(scratch.Path, drawings, _complaints.Add);
        Assert.That(FigureFile.Pictures.Select(ending => File.ReadAllBytes(new FigureFile(scratch.Path, drawings[0].Name).Path(ending))), Is.EqualTo(whole.Values));
    }

    /// <summary>Tables, images and arrays: the old content or all of the new.</summary>
    [TestCase("cells.csv")]
    [TestCase("grid.png")]
    [TestCase("samples.npz")]
    [TestCase("report.md")]
    public void A_file_that_does_not_fit_leaves_the_one_that_was_there(string name)
    {
        using var disk = new SmallDisk(40);
        var path = Path.Combine(disk.Path, name);
        File.WriteAllText(path, "as it was");
        Assert.That(() => Write(path), Throws.InstanceOf<IOException>());
        Assert.That(File.ReadAllText(path), Is.EqualTo("as it was"));
        Assert.That(Directory.EnumerateFiles(disk.Path), Has.Exactly(1).Items);

        disk.Grow(8000);
        Write(path);
        Assert.That(new FileInfo(path).Length, Is.GreaterThan(40_000));
    }

    private static void Write(string path)
    {
        using var scope = torch.NewDisposeScope();
        var noise = torch.randint(0, 256, [3, 200, 200], dtype: torch.uint8);
        switch (Path.GetExtension(path))
        {
            case ".csv": CsvFile.Write(path, ["a"], Enumerable.Range(0, 20_000).Select(i => (string[])[CsvFile.Text(i)])); break;
            case ".png": Png.Write(path, noise); break;
            case ".npz": Npz.Save(path, [new("samples", noise)]); break;
            default: TextFile.Write(path, new string('x', 100_000)); break;
        }
    }

    private static List<string> Pictures(SmallDisk disk) => [.. FigureFile.Pictures.SelectMany(ending => Directory.EnumerateFiles(disk.Path, "*." + ending))];

    [SetUp]
    public void Forget() => _complaints.Clear();
}

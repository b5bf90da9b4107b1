using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Gnuplot;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Reporting.Figures;

/// <summary>What becomes of figures on disk, with the gnuplot of this machine and without.</summary>
public sealed class FigureFolderTests
{
    private readonly List<string> _complaints = [];

    private static IReadOnlyList<Drawing> Drawings => [.. FigureList.Of(MadeResults.Of(MadeResults.Grid()), []).Select(Drawing.Of)];

    [Test]
    public void Pictures_are_drawn_and_the_same_bytes_again()
    {
        using var scratch = new ScratchFolder();
        Write(scratch.At("a/."), Drawings);
        Write(scratch.At("b/."), Drawings);
        var files = Directory.GetFiles(scratch.At("a/.")).Select(path => Path.GetFileName(path)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_complaints, Is.Empty);
            Assert.That(files, Has.Count.EqualTo(6 * Drawings.Count));
            Assert.That(files.Where(file => !Same(scratch.At($"a/{file}"), scratch.At($"b/{file}"))), Is.Empty);
            Assert.That(File.ReadAllBytes(scratch.At("a/nfe-fd-d-generate.png")).Take(4), Is.EqualTo("\x89PNG".Select(c => (byte)c)));
            Assert.That(File.ReadAllText(scratch.At("a/nfe-fd-d-generate.svg")), Does.Contain("p2").And.Contain("heun"));
            Assert.That(File.ReadAllText(scratch.At("a/nfe-fd-d-generate.pdf")), Does.StartWith("%PDF"));
        }
    }

    [Test]
    public void Only_what_changed_is_drawn_and_what_is_gone_goes()
    {
        using var scratch = new ScratchFolder();
        Write(scratch.Path, Drawings);
        List<string> runs = [];
        var changed = Drawings[0] with { Script = Drawings[0].Script + "# changed\n" };
        FigureFolder.Write(scratch.Path, [changed, .. Drawings.Skip(2)], Spy(runs), _complaints.Add);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(runs, Has.Count.EqualTo(1));
            Assert.That(runs[0], Does.Contain(changed.Name + ".gp").And.Not.Contain(Drawings[^1].Name + ".gp"));
            Assert.That(Directory.GetFiles(scratch.Path, Drawings[1].Name + ".*"), Is.Empty);
            Assert.That(_complaints, Is.Empty);
        }
    }

    [Test]
    public void Without_gnuplot_there_is_one_line_and_no_picture()
    {
        using var scratch = new ScratchFolder();
        FigureFolder.Write(scratch.Path, Drawings, null, _complaints.Add);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_complaints, Has.Count.EqualTo(1));
            Assert.That(_complaints[0], Does.Contain("gnuplot-nox").And.Not.Contain("\n"));
            Assert.That(Directory.GetFiles(scratch.Path, "*.csv"), Has.Length.EqualTo(Drawings.Count));
            Assert.That(Directory.GetFiles(scratch.Path, "*.png"), Is.Empty);
        }
    }

    [Test]
    public void A_figure_that_cannot_be_drawn_costs_itself_alone()
    {
        using var scratch = new ScratchFolder();
        Write(scratch.Path, [Drawings[0] with { Script = "plot nonsense from nowhere\n" }, .. Drawings.Skip(1)]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_complaints, Has.Count.EqualTo(1));
            Assert.That(_complaints[0], Does.Contain(Drawings[0].Name));
            Assert.That(Directory.GetFiles(scratch.Path, "*.png").Select(path => Path.GetFileNameWithoutExtension(path)), Is.EquivalentTo(Drawings.Skip(1).Select(d => d.Name)));
            Assert.That(Directory.GetFiles(scratch.Path, ".*"), Is.Empty, "drafts are left");
        }
    }

    [SetUp]
    public void Forget() => _complaints.Clear();

    private void Write(string folder, IReadOnlyList<Drawing> drawings) => FigureFolder.Write(folder, drawings, GnuplotProcess.Find(), _complaints.Add);

    private static RunGnuplot Spy(List<string> runs) => (folder, commands) =>
    {
        runs.Add(commands);
        return GnuplotProcess.Find()!(folder, commands);
    };

    private static bool Same(string a, string b) => File.ReadAllBytes(a).AsSpan().SequenceEqual(File.ReadAllBytes(b));
}

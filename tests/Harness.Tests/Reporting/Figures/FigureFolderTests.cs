using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Reporting.Figures;

/// <summary>What becomes of figures on disk.</summary>
public sealed class FigureFolderTests
{
    private readonly List<string> _complaints = [];

    private static IReadOnlyList<Drawing> Drawings => [.. FigureList.Of(MadeResults.Of(MadeResults.Grid()), []).Select(Drawing.Of)];

    /// <summary>Drawn in parallel, one by one in the other order, and under another culture.</summary>
    [Test]
    public void The_same_figures_are_the_same_bytes()
    {
        using var scratch = new ScratchFolder();
        FigureFolder.Write(scratch.At("a/."), Drawings, _complaints.Add);
        Drawings.Reverse().ToList().ForEach(drawing => FigureFolder.Write(scratch.At($"{drawing.Name}/."), [drawing], _complaints.Add));
        Cultures.Other(() =>
        {
            FigureFolder.Write(scratch.At("b/."), Drawings, _complaints.Add);
            return true;
        });
        var files = Directory.GetFiles(scratch.At("a/.")).Select(path => Path.GetFileName(path)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_complaints, Is.Empty);
            Assert.That(files, Has.Count.EqualTo(5 * Drawings.Count));
            Assert.That(files.Where(file => !Same(scratch.At($"a/{file}"), scratch.At($"b/{file}"))), Is.Empty);
            Assert.That(files.Where(file => !Same(scratch.At($"a/{file}"), scratch.At($"{file[..file.IndexOf('.', StringComparison.Ordinal)]}/{file}"))), Is.Empty);
        }
    }

    [Test]
    public void What_did_not_change_is_left_alone_and_what_is_gone_goes()
    {
        using var scratch = new ScratchFolder();
        FigureFolder.Write(scratch.Path, Drawings, _complaints.Add);
        var ours = scratch.Write("ours.svg", "of a person");
        var (kept, changed) = (scratch.At(Drawings[0].Name + ".png"), scratch.At(Drawings[0].Name + ".svg"));
        File.SetLastWriteTimeUtc(kept, DateTime.UnixEpoch);
        File.WriteAllText(changed, "cut off");
        FigureFolder.Write(scratch.Path, [.. Drawings.Take(1), .. Drawings.Skip(2)], _complaints.Add);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.GetLastWriteTimeUtc(kept), Is.EqualTo(DateTime.UnixEpoch));
            Assert.That(File.ReadAllText(changed), Does.StartWith("<?xml"));
            Assert.That(Directory.GetFiles(scratch.Path, Drawings[1].Name + ".*"), Is.Empty);
            Assert.That(File.Exists(ours));
            Assert.That(_complaints, Is.Empty);
        }
    }

    [Test]
    public void A_figure_that_cannot_be_drawn_costs_itself_alone()
    {
        using var scratch = new ScratchFolder();
        FigureFolder.Write(scratch.Path, Drawings, _complaints.Add);
        FigureFolder.Write(scratch.Path, [Drawings[0] with { Draw = () => throw new InvalidOperationException("no ink\nat all") }, .. Drawings.Skip(1)], _complaints.Add);
        AssertLost(scratch, Drawings[0].Name);
        Assert.That(_complaints[0], Does.Contain("no ink at all"));
    }

    /// <summary>A folder in the place of the last of its files.</summary>
    [Test]
    public void A_figure_that_cannot_be_written_costs_itself_alone()
    {
        using var scratch = new ScratchFolder();
        Directory.CreateDirectory(Path.Combine(scratch.Path, Drawings[0].Name + ".pdf", "full"));
        FigureFolder.Write(scratch.Path, Drawings, _complaints.Add);
        AssertLost(scratch, Drawings[0].Name);
    }

    [SetUp]
    public void Forget() => _complaints.Clear();

    private void AssertLost(ScratchFolder scratch, string name)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_complaints, Has.Count.EqualTo(1));
            Assert.That(_complaints[0], Does.Contain(name).And.Not.Contain("\n"));
            Assert.That(Directory.GetFiles(scratch.Path, "*.png").Select(path => Path.GetFileNameWithoutExtension(path)), Is.EquivalentTo(Drawings.Skip(1).Select(d => d.Name)));
            Assert.That(Directory.GetFiles(scratch.Path, ".*"), Is.Empty, "drafts are left");
        }
    }

    private static bool Same(string a, string b) => File.ReadAllBytes(a).AsSpan().SequenceEqual(File.ReadAllBytes(b));
}

using System.Diagnostics;
using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Reporting.Figures;

/// <summary>Drawings that never end: all of them cost one wait.</summary>
public sealed class PatientDrawingTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(0.4);

    [Test]
    public void However_many_hang_they_cost_one_wait()
    {
        using var hung = new ManualResetEvent(false);
        var clock = Stopwatch.StartNew();
        var (problems, left) = PatientDrawing.All([.. Enumerable.Range(0, 40)], _ => Hang(hung), s_patience);
        hung.Set();
        Assert.That((problems.Count, left.Count), Is.EqualTo((0, 40)));
        Assert.That(clock.Elapsed, Is.InRange(s_patience * 0.9, s_patience * 8));
    }

    /// <summary>What takes long in all is no reason to give up: something is finished all the time.</summary>
    [Test]
    public void Many_that_take_their_time_are_all_drawn()
    {
        var (problems, left) = PatientDrawing.All([.. Enumerable.Range(0, 40)], Slow, TimeSpan.FromSeconds(0.7));
        Assert.That(left, Is.Empty);
        Assert.That(problems, Is.EqualTo(new[] { "7", "30" }), "in their order");

        static string? Slow(int i)
        {
            Thread.Sleep(50);
            return i is 7 or 30 ? $"{i}" : null;
        }
    }

    [Test]
    public void A_figure_that_hangs_is_missing_and_said_once_and_the_others_are_there()
    {
        using var scratch = new ScratchFolder();
        using var hung = new ManualResetEvent(false);
        IReadOnlyList<Drawing> drawings = [.. FigureList.Of(MadeResults.Of(MadeResults.Grid()), []).Select(Drawing.Of)];
        Assume.That(Environment.ProcessorCount, Is.GreaterThan(1));
        List<string> complaints = [];
        FigureFolder.Write(scratch.Path, drawings, complaints.Add);
        FigureFolder.Write(
            scratch.Path, [drawings[0] with { Draw = () => throw new InvalidOperationException(Hang(hung)) }, .. drawings.Skip(1)], complaints.Add, TimeSpan.FromSeconds(2));
        Assert.That(complaints, Has.Count.EqualTo(1));
        Assert.That(complaints[0], Is.EqualTo($"no figure was finished within 2 s, so these are missing, and the next report draws them: {drawings[0].Name}"));
        Assert.That(Directory.GetFiles(scratch.Path, "*.svg").Select(path => Path.GetFileNameWithoutExtension(path)), Is.EquivalentTo(drawings.Skip(1).Select(d => d.Name)));
        FigureFolder.Write(scratch.Path, drawings, complaints.Add);
        Assert.That(Directory.GetFiles(scratch.Path, "*.svg"), Has.Length.EqualTo(drawings.Count));
        Assert.That(complaints, Has.Count.EqualTo(1));
    }

    private static string? Hang(ManualResetEvent until)
    {
        until.WaitOne();
        return null;
    }
}

using System.Text;
using Dfx.Harness.Reporting.Figures.Gnuplot;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>The folder <c>figures/</c>: data, script and specification of each figure, and its pictures where gnuplot is there. Only what changed is drawn.</summary>
internal static class FigureFolder
{
    private static readonly string[] s_endings = [.. FigureFile.Pictures, "gp", "csv", "vl.json", "sheet.png"];

    /// <summary>Brings the folder up to date.</summary>
    /// <param name="folder">The folder; made if it is missing.</param>
    /// <param name="drawings">All figures there should be.</param>
    /// <param name="gnuplot">Draws; null if it is missing.</param>
    /// <param name="complain">Told in one line of what could not be drawn.</param>
    internal static void Write(string folder, IReadOnlyList<Drawing> drawings, RunGnuplot? gnuplot, Action<string> complain)
    {
        if (drawings.Count > 0)
        {
            Directory.CreateDirectory(folder);
        }

        RemoveOthers(folder, drawings);
        var changed = drawings.Where(drawing => Prepare(folder, drawing)).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        if (gnuplot is null)
        {
            complain($"gnuplot is missing: {folder} has the figures' data and scripts, but no pictures ({GnuplotProcess.Remedy})");
            return;
        }

        Draw(folder, changed, gnuplot, complain);
    }

    /// <summary>gnuplot's SVG of a figure; null if it was not drawn.</summary>
    internal static string? Picture(string folder, string name)
    {
        var path = new FigureFile(folder, name).Path("svg");
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    /// <summary>Writes the sources; whether the pictures must be drawn. Pictures of other sources go first: what is there always belongs together.</summary>
    private static bool Prepare(string folder, Drawing drawing)
    {
        var file = new FigureFile(folder, drawing.Name);
        var sources = drawing.Sources.Append(new("gp", Encoding.UTF8.GetBytes(drawing.Script))).ToList();
        if (file.IsDrawn && sources.TrueForAll(source => Holds(file.Path(source.Key), source.Value)))
        {
            return false;
        }

        FigureFile.Pictures.ToList().ForEach(ending => File.Delete(file.Path(ending)));
        foreach (var (ending, content) in sources.Where(source => !Holds(file.Path(source.Key), source.Value)))
        {
            AtomicFile.Write(file.Path(ending), stream => stream.Write(content));
        }

        return true;
    }

    /// <summary>All in one process; if that fails, one by one, so that one figure costs itself alone.</summary>
    private static void Draw(string folder, List<Drawing> drawings, RunGnuplot gnuplot, Action<string> complain)
    {
        var problem = gnuplot(folder, Commands(folder, drawings));
        if (problem is null)
        {
            drawings.ForEach(drawing => Finish(new(folder, drawing.Name)));
        }
        else if (drawings.Count > 1)
        {
            drawings.ForEach(drawing => Draw(folder, [drawing], gnuplot, complain));
        }
        else
        {
            FigureFile.Pictures.ToList().ForEach(ending => File.Delete(new FigureFile(folder, drawings[0].Name).Draft(ending)));
            complain($"gnuplot cannot draw {drawings[0].Name}.gp: {problem}");
        }
    }

    private static string Commands(string folder, List<Drawing> drawings) =>
        string.Join('\n', drawings.SelectMany(d => Terminals.Draw(new(folder, d.Name), d.Width, d.Height))) + "\n";

    private static void Finish(FigureFile file)
    {
        PdfDate.Remove(file.Draft("pdf"));
        foreach (var ending in FigureFile.Pictures)
        {
            File.Move(file.Draft(ending), file.Path(ending), overwrite: true);
        }
    }

    /// <summary>Figures that are none any more would be taken for results of the records that are there.</summary>
    private static void RemoveOthers(string folder, IReadOnlyList<Drawing> drawings)
    {
        var names = drawings.Select(drawing => drawing.Name).ToHashSet(StringComparer.Ordinal);
        var others = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.gp").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => !names.Contains(name)).ToList()
            : [];
        foreach (var path in others.SelectMany(name => s_endings.Select(new FigureFile(folder, name).Path)))
        {
            File.Delete(path);
        }
    }

    private static bool Holds(string path, byte[] content) =>
        File.Exists(path) && new FileInfo(path).Length == content.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);
}

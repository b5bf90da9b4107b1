using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>The folder <c>figures/</c>: data and specification of each figure, and its pictures. A file whose bytes would be the same is left alone.</summary>
internal static class FigureFolder
{
    // Earlier versions left scripts of gnuplot.
    private static readonly string[] s_endings = [.. FigureFile.Pictures, "gp", "csv", "vl.json", "sheet.png"];

    /// <summary>By these a figure of an earlier report is known.</summary>
    private static readonly string[] s_marks = [".vl.json", ".sheet.png"];

    /// <summary>Brings the folder up to date.</summary>
    /// <param name="folder">The folder; made if it is missing.</param>
    /// <param name="drawings">All figures there should be, with names that differ.</param>
    /// <param name="complain">Told in one line of what could not be drawn.</param>
    internal static void Write(string folder, IReadOnlyList<Drawing> drawings, Action<string> complain)
    {
        if (Links.Problem(folder) is { } problem)
        {
            complain(problem);
            return;
        }

        try
        {
            RemoveOthers(folder, drawings);
            if (drawings.Count > 0)
            {
                Directory.CreateDirectory(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            complain($"{folder} cannot be written, so there are no figures in it: {e.Message.ReplaceLineEndings(" ")}");
            return;
        }

        drawings.AsParallel().AsOrdered().Select(drawing => Write(folder, drawing)).OfType<string>().ToList().ForEach(complain);
    }

    /// <summary>The SVG of a figure; null if it was not drawn, or cannot be read.</summary>
    internal static string? Picture(string folder, string name)
    {
        var path = new FigureFile(folder, name).Path("svg");
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Why a figure could not be drawn, or null: it costs itself alone. What was there of it goes, so that no picture stands beside other data.</summary>
    private static string? Write(string folder, Drawing drawing)
    {
        var file = new FigureFile(folder, drawing.Name);
        try
        {
            Remove(file.Path("gp"));
            foreach (var (ending, content) in drawing.Sources)
            {
                Keep(file.Path(ending), content());
            }

            using var picture = drawing.Draw();
            Keep(file.Path("svg"), picture.Svg());
            Keep(file.Path("png"), picture.Png());
            Keep(file.Path("pdf"), picture.Pdf());
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            FigureFile.Pictures.ToList().ForEach(ending => Remove(file.Path(ending)));
            return $"cannot draw {file.Path("svg")}: {e.Message.ReplaceLineEndings(" ")}";
        }
    }

    private static void Keep(string path, byte[] content)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != content.Length || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            AtomicFile.Write(path, stream => stream.Write(content));
        }
    }

    /// <summary>Figures that are none any more would be taken for results of the records that are there.</summary>
    private static void RemoveOthers(string folder, IReadOnlyList<Drawing> drawings)
    {
        var names = drawings.Select(drawing => drawing.Name).ToHashSet(StringComparer.Ordinal);
        var others = Directory.Exists(folder)
            ? s_marks.SelectMany(mark => Directory.EnumerateFiles(folder, "*" + mark).Select(path => Path.GetFileName(path)[..^mark.Length])).Where(name => !names.Contains(name)).ToList()
            : [];
        foreach (var path in others.SelectMany(name => s_endings.Select(new FigureFile(folder, name).Path)))
        {
            Remove(path);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder cannot be written: what could not be drawn has been told already.
        }
    }
}

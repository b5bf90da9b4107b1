using System.Globalization;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>The folder <c>figures/</c>: data and specification of each figure, and its pictures. A file whose bytes would be the same is left alone.</summary>
internal static class FigureFolder
{
    // Earlier versions left scripts of gnuplot.
    private static readonly string[] s_endings = [.. FigureFile.Pictures, "gp", "csv", "vl.json", "sheet.png"];

    /// <summary>A figure takes some hundredths of a second; on a machine that is busy, or with very many points, some seconds.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>By these a figure of an earlier report is known.</summary>
    private static readonly string[] s_marks = [".vl.json", ".sheet.png"];

    /// <summary>Brings the folder up to date.</summary>
    /// <param name="folder">The folder; made if it is missing.</param>
    /// <param name="drawings">All figures there should be, with names that differ.</param>
    /// <param name="complain">Told in one line of what could not be drawn.</param>
    /// <param name="patience">How long may pass without any figure being finished; null for a minute.</param>
    internal static void Write(string folder, IReadOnlyList<Drawing> drawings, Action<string> complain, TimeSpan? patience = null)
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

        var limit = patience ?? s_patience;
        var (problems, left) = PatientDrawing.All(drawings, drawing => Write(folder, drawing), limit);
        problems.ToList().ForEach(complain);
        if (left.Count > 0)
        {
            left.ToList().ForEach(drawing => RemovePictures(new(folder, drawing.Name)));
            complain(string.Create(CultureInfo.InvariantCulture, $"no figure was finished within {limit.TotalSeconds:0.#} s, so these are missing, and the next report draws them: {string.Join(", ", left.Select(drawing => drawing.Name))}"));
        }
    }

    /// <summary>The SVG of a figure; null if it was not drawn, or cannot be read.</summary>
    internal static string? Picture(string folder, string name)
    {
        var path = new FigureFile(folder, name).Path("svg");
        try
        {
            return File.Exists(path) ? File.ReadAllText(RegularFile.Checked(path)) : null;
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
        catch (Exception e)
        {
            RemovePictures(file);
            return $"cannot draw {file.Path("svg")}: {e.Message.ReplaceLineEndings(" ")}; it is missing, and the next report draws it";
        }
    }

    private static void RemovePictures(FigureFile file) => FigureFile.Pictures.ToList().ForEach(ending => Remove(file.Path(ending)));

    private static void Keep(string path, byte[] content)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != content.Length || !File.ReadAllBytes(RegularFile.Checked(path)).AsSpan().SequenceEqual(content))
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

using System.Text.Json;
using Dfx.Data.Images;
using Dfx.Harness.Store;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting.Figures.Samples;

/// <summary>The sheets of pictures that analyses left.</summary>
/// <param name="folder">The results folder.</param>
/// <param name="complain">Told in a line of each file that cannot be read; the other sheets are there.</param>
internal sealed class AnalysisSheets(ResultsFolder folder, Action<string> complain)
{
    /// <summary>More sheets than this nobody looks at.</summary>
    private const int Most = 100;

    /// <summary>All sheets, in the order of the analyses.</summary>
    internal IReadOnlyList<SampleSheet> Read(Results results) =>
        [.. results.Analyses.Where(analysis => analysis.Checksums.ContainsKey(KeptSheets.FileName)).SelectMany(Read).Take(Most)];

    private IEnumerable<SampleSheet> Read(AnalysisResult analysis) =>
        Try(analysis, KeptSheets.FileName, bytes => Sound(JsonSerializer.Deserialize(bytes, StoreJson.Default.KeptSheets)))
            ?.Sheets.Select(kept => Try(analysis, KeptSheets.PictureOf(kept.Name), bytes => Sheet(analysis, kept, Png.DecodePixels(bytes)))).OfType<SampleSheet>() ?? [];

    /// <summary>Makes something of a file; null, and a complaint, if the file is not the one that was written.</summary>
    private T? Try<T>(AnalysisResult analysis, string file, Func<byte[], T> make)
        where T : class
    {
        try
        {
            var bytes = File.ReadAllBytes(RegularFile.Checked(Path.Combine(folder.ArtifactsOf(analysis.Key), file)));
            return analysis.Checksums.GetValueOrDefault(file) == Checksum.Text(bytes) ? make(bytes) : throw new InvalidDataException("its bytes are not those that were written");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            complain($"{folder.Root}: {AnalysisResult.Unreadable(analysis.Key, file, e.Message.ReplaceLineEndings(" "))}");
            return null;
        }
    }

    /// <summary>A record is text that anybody can write: the name of a sheet is also the name of a file.</summary>
    private static KeptSheets Sound(KeptSheets? kept) => kept is { Sheets: not null } && kept.Sheets.All(IsSound) ? kept : throw new InvalidDataException("it names no sheets");

    private static bool IsSound(KeptSheet? sheet) =>
        sheet is { Name: not null, Title: not null, ColumnTitle: not null, Columns.Count: > 0, Rows.Count: > 0, Width: > 0, Height: > 0 }
        && Path.GetFileName(sheet.Name) == sheet.Name && !sheet.Columns.Contains(null!) && !sheet.Rows.Contains(null!);

    private static SampleSheet Sheet(AnalysisResult analysis, KeptSheet kept, PixelImage picture)
    {
        if (picture.Width != (long)kept.Columns.Count * kept.Width || picture.Height != (long)kept.Rows.Count * kept.Height)
        {
            throw new InvalidDataException($"it has {picture.Width}x{picture.Height} pixels, not {kept.Columns.Count} columns and {kept.Rows.Count} rows of {kept.Width}x{kept.Height}");
        }

        PixelImage Image(int row, int column) => picture.Crop(column * kept.Width, row * kept.Height, kept.Width, kept.Height);
        var (of, seed) = (analysis.Axis("method"), analysis.Axis("seed"));
        return new(
            FileNames.Of("sheet", [analysis.Axis("analysis"), analysis.Axis("dataset"), analysis.Axis("task"), of, seed, kept.Name]),
            $"{kept.Title}, {analysis.Axis("dataset")}{(of == "data" ? "" : $", {of}")}",
            $"Pictures of the analysis {analysis.Axis("analysis")}, seed {seed}.",
            kept.ColumnTitle,
            kept.Columns,
            [.. kept.Rows.Select((name, row) => new SheetRow(name, [.. kept.Columns.Select((_, column) => Image(row, column))]))])
        {
            Shown = "Image",
        };
    }
}

using System.Text;
using System.Text.Json;
using Dfx.Data.Images;
using Dfx.Harness.Reporting;
using Dfx.Harness.Store;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What an analysis leaves in its folder: the table, a picture a sheet with one file that names their rows and columns, and texts.</summary>
internal static class AnalysisFiles
{
    private const int PixelsAcross = 64;

    /// <summary>Writes the files; their checksums by their names, the table first.</summary>
    /// <exception cref="InvalidOperationException">The table, a sheet or a text is none that the contract allows.</exception>
    internal static IReadOnlyDictionary<string, string> Write(string folder, AnalysisTable table)
    {
        if (AnalysisFault.Of(table) is { } fault)
        {
            throw new InvalidOperationException(fault);
        }

        Dictionary<string, string> checksums = new(StringComparer.Ordinal);
        foreach (var (name, content) in Files(table))
        {
            AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(content));
            checksums.Add(name, Checksum.Text(content));
        }

        return checksums;
    }

    private static IEnumerable<(string Name, byte[] Content)> Files(AnalysisTable table)
    {
        yield return (AnalysisResult.FileName, Encoding.UTF8.GetBytes(CsvFile.Render(table.Columns.Select(c => c.Name), table.Rows.Select(row => row.Select(CsvFile.Text)))));
        if (table.Sheets.Count > 0)
        {
            yield return (KeptSheets.FileName, JsonSerializer.SerializeToUtf8Bytes(new([.. table.Sheets.Select(Kept)]), StoreJson.Default.KeptSheets));
        }

        foreach (var sheet in table.Sheets)
        {
            yield return (KeptSheets.PictureOf(sheet.Name), Picture(sheet));
        }

        foreach (var (name, text) in table.Texts.OrderBy(text => text.Key, StringComparer.Ordinal))
        {
            yield return (name, Encoding.UTF8.GetBytes(text));
        }
    }

    private static KeptSheet Kept(AnalysisSheet sheet)
    {
        var (shape, scale) = (sheet.Rows[0].Images.shape, Scale(sheet));
        return new(sheet.Name, sheet.Title, sheet.ColumnTitle, sheet.Columns, [.. sheet.Rows.Select(row => row.Name)], (int)shape[3] * scale, (int)shape[2] * scale);
    }

    /// <summary>All images of a sheet side by side, small ones enlarged as in the grids of cells.</summary>
    private static byte[] Picture(AnalysisSheet sheet)
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.cat([.. sheet.Rows.Select(row => PixelBytes.Quantize(row.Images))], 0);
        return Png.Encode(ImageGrid.Compose(images, sheet.Columns.Count, padding: 0, Scale(sheet)));
    }

    private static int Scale(AnalysisSheet sheet) => (int)Math.Max(1, PixelsAcross / sheet.Rows[0].Images.shape[3]);
}

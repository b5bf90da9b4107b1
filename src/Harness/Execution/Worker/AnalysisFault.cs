using Dfx.Harness.Plugins;
using Dfx.Harness.Reporting;
using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What is wrong with what an analysis made, in words; null if nothing is.</summary>
internal static class AnalysisFault
{
    private const int LongestName = 80;

    internal static string? Of(AnalysisTable? table) => table is null ? "the analysis returned null instead of a table" : OfRows(table) ?? OfFiles(table);

    /// <summary>Of the sheets and texts beside a table.</summary>
    internal static string? OfFiles(AnalysisTable table) => OfSheets(table.Sheets) ?? table.Texts.Select(text => OfText(text.Key, text.Value)).FirstOrDefault(fault => fault is not null);

    private static string? OfRows(AnalysisTable table)
    {
        if (table.Columns.Count == 0)
        {
            return "the table of the analysis has no columns";
        }

        var odd = table.Rows.Index().FirstOrDefault(row => row.Item.Count != table.Columns.Count);
        return odd.Item is null ? null : $"row {odd.Index + 1} of the analysis has {odd.Item.Count} cells; it has {table.Columns.Count} columns";
    }

    private static string? OfSheets(IReadOnlyList<AnalysisSheet> sheets) =>
        sheets.Select(OfSheet).FirstOrDefault(fault => fault is not null)
        ?? (sheets.GroupBy(sheet => sheet.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice } ? $"two sheets of the analysis are called '{twice}'" : null);

    private static string? OfSheet(AnalysisSheet sheet) => sheet switch
    {
        _ when !IsName(sheet.Name) => $"'{sheet.Name}' is no name of a sheet; expected kebab-case of at most {LongestName} letters, such as forward-process",
        { Columns.Count: 0 } or { Rows.Count: 0 } => $"the sheet '{sheet.Name}' has {sheet.Columns.Count} columns and {sheet.Rows.Count} rows; expected at least one of each",
        _ => sheet.Rows.Index().Select(row => OfImages(row.Item.Images, sheet) is { } fault ? $"row {row.Index + 1} of the sheet '{sheet.Name}' {fault}" : null)
            .FirstOrDefault(fault => fault is not null),
    };

    private static string? OfImages(torch.Tensor? images, AnalysisSheet sheet)
    {
        if (images is null || images.IsInvalid)
        {
            return images is null ? "has no images" : "has images that were disposed before they were returned";
        }

        if (images.shape is not [_, 1 or 3, > 0, > 0] || images.shape[0] != sheet.Columns.Count)
        {
            return $"has images {TensorFault.Shape(images)}; expected [{sheet.Columns.Count},C,H,W], one a column, of 1 or 3 channels";
        }

        return images switch
        {
            _ when !images.shape.SequenceEqual(sheet.Rows[0].Images.shape) => $"has images {TensorFault.Shape(images)}, the first row {TensorFault.Shape(sheet.Rows[0].Images)}; expected one shape",
            _ when !images.is_floating_point() => $"has images of {images.dtype}; expected floating numbers in [-1, 1]",
            _ when images.device.type != DeviceType.CPU => $"has images on {images.device.type}; expected them on the CPU",
            _ when !FiniteCheck.IsFinite(images) => "has images that are not finite everywhere",
            _ => null,
        };
    }

    private static string? OfText(string name, string? text) => name switch
    {
        _ when name.Length > LongestName || !name.Contains('.', StringComparison.Ordinal) || !Array.TrueForAll(name.Split('.'), part => KebabCase.Is(part)) =>
            $"'{name}' is no name of a text; expected kebab-case of at most {LongestName} letters with an extension, such as schedule.json",
        AnalysisResult.FileName or KeptSheets.FileName or TrainingFiles.StateName => $"the text '{name}' has the name of a file of the host; give it another one",
        _ when KeptSheets.IsPicture(name) => $"the text '{name}' has the name of a sheet's picture; give it another one",
        _ => text is null ? $"the text '{name}' is null" : null,
    };

    private static bool IsName(string? name) => name is { Length: <= LongestName } && KebabCase.Is(name);
}

namespace Dfx.Sdk;

/// <summary>Pictures in rows and columns, such as an image at several levels of a corruption.</summary>
/// <param name="Name">Kebab-case, such as <c>forward</c>; no two sheets of a table have one.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="ColumnTitle">What the columns differ in, such as <c>t</c>; empty if that needs no word.</param>
/// <param name="Columns">The names of the columns, at least one, such as their levels.</param>
/// <param name="Rows">The rows from the top down, at least one.</param>
public sealed record AnalysisSheet(
    string Name, string Title, string ColumnTitle, IReadOnlyList<string> Columns, IReadOnlyList<AnalysisSheetRow> Rows);

/// <summary>A row of an <see cref="AnalysisSheet"/>.</summary>
/// <param name="Name">What its pictures are of; may be empty.</param>
/// <param name="Images">
/// One image a column, [columns, C, H, W] with 1 or 3 channels, of a floating dtype, finite, on the CPU, in [-1, 1] with -1 for black; what lies
/// outside is cut. All rows of a sheet have one shape.
/// </param>
public sealed record AnalysisSheetRow(string Name, torch.Tensor Images);

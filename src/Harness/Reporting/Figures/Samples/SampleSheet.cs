using Dfx.Data.Images;

namespace Dfx.Harness.Reporting.Figures.Samples;

/// <summary>Images in rows and columns, for looking: samples of several cells, all of one seed and so of the same starting noise, or what an analysis left.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">What stands behind it.</param>
/// <param name="ColumnTitle">What the columns differ in; empty if there is one alone.</param>
/// <param name="Columns">Their names.</param>
/// <param name="Rows">The rows, from the top down.</param>
internal sealed record SampleSheet(
    string Name, string Title, string Caption, string ColumnTitle, IReadOnlyList<string> Columns, IReadOnlyList<SheetRow> Rows)
{
    /// <summary>What a place of it holds, for those who do not see it.</summary>
    internal string Shown { get; init; } = "Samples";
}

/// <summary>A row of a sheet.</summary>
/// <param name="Name">What its images are of.</param>
/// <param name="Images">One a column; null where there is none.</param>
internal sealed record SheetRow(string Name, IReadOnlyList<PixelImage?> Images);

using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Reporting.Figures.Samples;
using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting.Html;

/// <summary>Everything that a page shows.</summary>
internal sealed record Report
{
    public required Results Results { get; init; }

    public required Manifest Manifest { get; init; }

    public IReadOnlyList<Figure> Figures { get; init; } = [];

    public IReadOnlyList<SampleSheet> Sheets { get; init; } = [];

    /// <summary>Tables as papers have them.</summary>
    public IReadOnlyList<PaperTable> Tables { get; init; } = [];

    public IReadOnlyList<ClaimEntry> Claims { get; init; } = [];

    /// <summary>gnuplot's SVG of a figure; null where there is none. Shown where the page has no scripts to draw with.</summary>
    public Func<string, string?> Picture { get; init; } = _ => null;
}

/// <summary>A table as a paper has it.</summary>
/// <param name="Id">Its id, kebab-case.</param>
/// <param name="Title">Its title.</param>
/// <param name="Caption">What stands behind its numbers.</param>
/// <param name="Columns">The columns' names; the first column names the rows.</param>
/// <param name="Rows">The rows.</param>
internal sealed record PaperTable(string Id, string Title, string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A claim of a paper with its verdict.</summary>
/// <param name="Paper">Who claims it.</param>
/// <param name="Row">The claim and what was measured.</param>
/// <param name="Explanation">Why the verdict is what it is.</param>
internal sealed record ClaimEntry(string Paper, VerdictRow Row, string Explanation);

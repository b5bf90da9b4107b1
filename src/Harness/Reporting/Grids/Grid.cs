namespace Dfx.Harness.Reporting.Grids;

/// <summary>A table as people read it, before it is Markdown, LaTeX or HTML.</summary>
internal sealed record Grid
{
    internal required string Title { get; init; }

    /// <summary>The header's rows from the top; the cells of each span all columns together.</summary>
    internal required IReadOnlyList<IReadOnlyList<GridCell>> Header { get; init; }

    /// <summary>The rows; one with a single cell that spans all columns is a heading.</summary>
    internal required IReadOnlyList<IReadOnlyList<GridCell>> Rows { get; init; }

    /// <summary>What stands below the table.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    internal int Columns => Header[^1].Sum(cell => cell.Span);
}

/// <summary>A cell of a grid.</summary>
/// <param name="Text">Plain text.</param>
internal sealed record GridCell(string Text)
{
    internal bool Bold { get; init; }

    /// <summary>How many columns it stands over.</summary>
    internal int Span { get; init; } = 1;

    /// <summary>Numbers stand at the right, words at the left.</summary>
    internal bool IsNumber { get; init; }

    internal static GridCell Number(string text) => new(text) { IsNumber = true };
}

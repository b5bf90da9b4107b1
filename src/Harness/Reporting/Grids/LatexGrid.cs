using System.Text;

namespace Dfx.Harness.Reporting.Grids;

/// <summary>A grid as LaTeX for the packages booktabs and longtable: a float where it fits a page, otherwise a table over several.</summary>
internal static class LatexGrid
{
    /// <summary>So that there is room for the notes.</summary>
    private const int RowsOfPage = 30;

    /// <summary>Tables with more columns are set smaller and closer, so that the usual leaderboard fits a page on its side.</summary>
    private const int ColumnsOfPage = 8;

    internal static string Render(Grid grid)
    {
        var text = new StringBuilder();
        var isLong = grid.Rows.Count > RowsOfPage;
        var columns = string.Concat(MarkdownGrid.Aligned(grid).Select(right => right ? 'r' : 'l'));
        var size = grid.Columns > ColumnsOfPage ? "\\footnotesize\\setlength{\\tabcolsep}{3pt}" : "";
        text.Append($"% \\usepackage{{booktabs,longtable}}{(size.Length > 0 ? "; a page on its side: \\usepackage{pdflscape}, \\begin{landscape}" : "")}\n");
        text.Append(isLong ? $"{{{size}\n\\begin{{longtable}}{{{columns}}}\n" : $"\\begin{{table}}\n  \\centering{size}\n");
        text.Append($"  \\caption{{{LatexText.Escape(grid.Title)}}}").Append(isLong ? "\\\\\n" : $"\n  \\begin{{tabular}}{{{columns}}}\n");
        Header(text, grid);
        text.Append(isLong ? "    \\endhead\n" : "");
        Body(text, grid);
        text.Append("    \\bottomrule\n").Append(isLong ? "\\end{longtable}\n" : "  \\end{tabular}\n");
        Notes(text, grid);
        return text.Append(isLong ? "}\n" : "\\end{table}\n").ToString();
    }

    private static void Header(StringBuilder text, Grid grid)
    {
        text.Append("    \\toprule\n");
        foreach (var (row, i) in grid.Header.Select((row, i) => (row, i)))
        {
            Line(text, row);
            text.Append(i < grid.Header.Count - 1 ? Rules(row) : "");
        }

        text.Append("    \\midrule\n");
    }

    private static void Body(StringBuilder text, Grid grid)
    {
        foreach (var (row, i) in grid.Rows.Select((row, i) => (row, i)))
        {
            var isHeading = row.Count == 1 && row[0].Span == grid.Columns;
            text.Append(isHeading && i > 0 ? "    \\midrule\n" : "");
            Line(text, row);
        }
    }

    private static void Notes(StringBuilder text, Grid grid)
    {
        text.Append(grid.Notes.Count > 0 ? "  \\par\n" : "");
        foreach (var note in grid.Notes)
        {
            text.Append($"  {{\\footnotesize\\raggedright {LatexText.Escape(note)}\\par}}\n");
        }
    }

    private static void Line(StringBuilder text, IEnumerable<GridCell> cells)
    {
        var line = string.Join(" & ", cells.Select(Cell));

        // What ends the line above takes a bracket or star for its own, even on the next line.
        text.Append("    ").Append(line.StartsWith('[') || line.StartsWith('*') ? "{}" : "").Append(line).Append(" \\\\\n");
    }

    private static string Cell(GridCell cell)
    {
        var text = LatexText.Escape(cell.Text);
        text = cell.Bold && text.Length > 0 ? $"\\textbf{{{text}}}" : text;
        return cell.Span > 1 ? $"\\multicolumn{{{cell.Span}}}{{{(cell.IsNumber ? 'c' : 'l')}}}{{{text}}}" : text;
    }

    /// <summary>Rules below those header cells that stand over several columns.</summary>
    private static string Rules(IReadOnlyList<GridCell> row)
    {
        var (rules, column) = (new StringBuilder(), 1);
        foreach (var cell in row)
        {
            rules.Append(cell.Span > 1 && cell.Text.Length > 0 ? $"\\cmidrule(lr){{{column}-{column + cell.Span - 1}}}" : "");
            column += cell.Span;
        }

        return rules.Length > 0 ? $"    {rules}\n" : "";
    }
}

using Dfx.Harness.Reporting.Grids;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>A paper's table as people read it: the published number and the measured one in columns of their own.</summary>
internal static class PaperTableGrid
{
    internal static Grid Of(PaperTable table, Results results)
    {
        var scales = Scales.Of(table);
        var columns = table.Columns.Select((leaf, i) => new Shown(leaf, i, table.Rows.Any(row => row.Cells[i].Parts.Any(part => part.Published.Length > 0)))).ToList();
        var width = 1 + columns.Sum(column => column.Width);
        return new()
        {
            Title = Title(table),
            Header = [.. Header(columns)],
            Rows = [.. Rows(table, columns, scales, width)],
            Notes = [.. scales.Notes, .. PaperTableNotes.Of(table), .. table.Definition.Notes, $"Results: {results.Matrix}."],
        };
    }

    private static string Title(PaperTable table)
    {
        var slice = string.Join(", ", table.Slice.Values);
        return $"{table.Definition.Title} ({table.Definition.Paper}){(slice.Length > 0 ? $": measured on {slice}" : ": nothing measured")}";
    }

    /// <summary>The titles of groups above those of columns, and in the last row what is the paper's.</summary>
    private static IEnumerable<IReadOnlyList<GridCell>> Header(List<Shown> columns)
    {
        var depth = columns.Max(column => column.Leaf.Titles.Count);
        for (var level = 0; level < depth; level++)
        {
            var titles = columns.Select(c => (Title: c.Leaf.Titles.ElementAtOrDefault(level) ?? "", Path: string.Join('\u001f', c.Leaf.Titles.Take(level + 1)), c.Width));
            yield return [new(""), .. titles.ChunkBy(t => t.Path).Select(group => GridCell.Number(group[0].Title) with { Span = group.Sum(t => t.Width) })];
        }

        yield return [new(""), .. columns.SelectMany(c => c.HasPublished ? (GridCell[])[GridCell.Number("paper"), GridCell.Number("measured")] : [GridCell.Number("measured")])];
    }

    private static IEnumerable<IReadOnlyList<GridCell>> Rows(PaperTable table, List<Shown> columns, Scales scales, int width)
    {
        string[] above = [];
        foreach (var row in table.Rows)
        {
            string[] groups = [.. row.Leaf.Titles.SkipLast(1)];
            if (groups.Length > 0 && !groups.SequenceEqual(above))
            {
                yield return [new(string.Join(", ", groups)) { Span = width, Bold = true }];
            }

            above = groups;
            yield return [new(row.Leaf.Titles[^1]), .. columns.SelectMany(column => Cells(table, row, column, scales))];
        }
    }

    private static IEnumerable<GridCell> Cells(PaperTable table, PaperRow row, Shown column, Scales scales)
    {
        var cell = row.Cells[column.Index];
        var measured = GridCell.Number(Measured(cell, scales)) with { Bold = IsBest(table, row, column.Index) };
        return column.HasPublished ? [GridCell.Number(PartFormat.Of(cell.Format, [.. cell.Parts.Select(part => part.Published)])), measured] : [measured];
    }

    private static string Measured(PaperCell cell, Scales scales)
    {
        if (cell.Parts.All(part => part.Measured is null))
        {
            return "";
        }

        var text = PartFormat.Of(cell.Format, [.. cell.Parts.Select(part => Number(part))]);
        return text.Length > 0 ? text + scales.Letter(cell) : cell.Parts[0].Measured!.Problem switch { Finder.Nothing => "–", var problem => problem ?? "" };
    }

    private static string Number(PaperPart part) => part.Measured?.Value switch
    {
        { } value when part.Measured.Column is null => CsvFile.Short(value.Mean),
        var value => Digits.Of(value),
    };

    /// <summary>Bold in the measured column alone, and by the measured intervals alone.</summary>
    private static bool IsBest(PaperTable table, PaperRow row, int column)
    {
        var cells = table.Rows.Select(r => r.Cells[column]).Where(cell => cell.Parts is [{ Measured: { Row: not null, Column: not null } }]).ToList();
        var metric = cells.Select(cell => cell.Parts[0].Measured!.Column!).Distinct().ToList();
        return metric.Count == 1 && row.Cells[column].Parts is [{ Measured.Row: { } mine }]
            && ReferenceEquals(Best.Of(cells.Select(cell => cell.Parts[0].Measured!.Row!), metric[0]), mine);
    }

    /// <summary>A column of the definition, and whether the paper's numbers stand beside the measured ones.</summary>
    private sealed record Shown(TableLeaf Leaf, int Index, bool HasPublished)
    {
        internal int Width => HasPublished ? 2 : 1;
    }
}

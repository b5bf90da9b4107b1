using Dfx.Data.Images;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Store;

namespace Dfx.Harness.Reporting.Figures.Samples;

/// <summary>
/// Sheets of samples from the grids of the cells: of generation one a sampler, with a row a method and a column a budget; of restoration one a sampler
/// with strips of the same test images, a row a method, at the largest budget.
/// </summary>
internal sealed class SheetMaker(ResultsFolder folder)
{
    private const string GridName = "grid.png";
    private const string Generate = "generate";
    private const int MostSheets = 24;
    private const int MostRows = 12;
    private const int MostColumns = 6;
    private const int BlockSide = 4;
    private const int StripLength = 8;

    /// <summary>The file of a restoration's results alone, where its grid has a row an image: the truth, what was observed, the mask, the result.</summary>
    private const string RestoredName = "restored.png";

    /// <summary>The sheets of all cells that kept a grid; none where no grid can be read.</summary>
    /// <param name="results">The results.</param>
    /// <param name="complain">Told of each sheet that could not be made.</param>
    internal IReadOnlyList<SampleSheet> Make(Results results, Action<string>? complain = null) =>
    [.. results.Cells
        .Where(cell => cell.Outcome?.Files.Contains(GridName) == true)
        .GroupBy(cell => (Dataset: cell.Axes["dataset"], Task: cell.Axes["task"], Sampler: cell.Axes["sampler"]))
        .OrderBy(group => group.Key.Dataset, StringComparer.Ordinal)
        .ThenBy(group => group.Key.Task, StringComparer.Ordinal)
        .ThenBy(group => group.Key.Sampler, StringComparer.Ordinal)
        .Take(MostSheets)
        .SelectMany(group => FigureList.Guarded<SampleSheet>(() => [group.Key.Task == Generate ? Blocks(Chosen(group)) : Strips(Chosen(group))], complain))
        .Where(sheet => sheet.Rows.Any(row => row.Images.Any(image => image is not null)))];

    /// <summary>Of each method the last checkpoint, all of the first seed that is there.</summary>
    private static List<CellRow> Chosen(IEnumerable<CellRow> cells)
    {
        var seed = cells.Select(cell => cell.Axes["seed"]).MinBy(Number)!;
        return [.. cells
            .Where(cell => cell.Axes["seed"] == seed)
            .GroupBy(cell => (Name(cell), cell.Axes["nfe"]))
            .Select(same => same.MaxBy(cell => Number(cell.Axes["checkpoint"]))!)
            .OrderBy(cell => cell, CellOrder.Instance)];
    }

    private SampleSheet Blocks(List<CellRow> cells)
    {
        var columns = Spread([.. cells.Select(cell => cell.Axes["nfe"]).Distinct(StringComparer.Ordinal).OrderBy(Number)], MostColumns);
        var rows = cells.Select(Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostRows);
        return Sheet("samples", cells[0], "NFE", columns,
            [.. rows.Select(row => new SheetRow(row, [.. columns.Select(nfe => Corner(cells.Find(c => Name(c) == row && c.Axes["nfe"] == nfe), BlockSide, BlockSide))]))]);
    }

    private SampleSheet Strips(List<CellRow> cells)
    {
        var nfe = cells.Select(cell => cell.Axes["nfe"]).MaxBy(Number)!;
        var shown = cells.Where(cell => cell.Axes["nfe"] == nfe).Take(MostRows).ToList();
        return Sheet("restored", cells[0], "", [$"NFE {nfe}"], [.. Given(shown[0]), .. shown.Select(cell => new SheetRow(Name(cell), [Restored(cell)]))]);
    }

    private PixelImage? Restored(CellRow cell) =>
        Corner(cell, StripLength, 1, cell.Outcome!.Files.Contains(RestoredName) ? RestoredName : GridName);

    /// <summary>What all methods were given, from one of the cells that kept it.</summary>
    private IEnumerable<SheetRow> Given(CellRow cell)
    {
        if (!cell.Outcome!.Files.Contains(RestoredName) || Corner(cell, 1, 1, RestoredName) is not { } one)
        {
            return [];
        }

        var (path, samples) = (Path.Combine(folder.ArtifactsOf(cell.Key), GridName), (int)Number(cell.Axes["samples"]));
        var columns = Enumerable.Range(0, 4).Select(column => GridImage.Column(path, samples, one.Width, column)).TakeWhile(column => column is not null).ToList();

        // The last column is the result; a task that shows no picture of what it observes has no second one, and one that tells no mask no third.
        string[] names = ["ground truth", "observed", "mask"];
        return names.Take(columns.Count - 1).Zip(columns, (name, column) => new SheetRow(name, [column]));
    }

    private static SampleSheet Sheet(string kind, CellRow cell, string columnTitle, IReadOnlyList<string> columns, IReadOnlyList<SheetRow> rows)
    {
        var (dataset, task, sampler) = (cell.Axes["dataset"], cell.Axes["task"], cell.Axes["sampler"]);
        return new(
            FileNames.Of(kind, [dataset, task, sampler]),
            $"{(kind == "samples" ? "Samples" : $"Restored images ({task})")}, {dataset}, sampler {sampler}",
            $"The first images of seed {cell.Axes["seed"]}, not chosen; models as trained last.",
            columnTitle, columns, rows);
    }

    private PixelImage? Corner(CellRow? cell, int columns, int rows, string file = GridName) => cell is null
        ? null
        : GridImage.Corner(Path.Combine(folder.ArtifactsOf(cell.Key), file), (int)Number(cell.Axes["samples"]), columns, rows);

    /// <summary>Some of many, the first and the last among them.</summary>
    private static IReadOnlyList<string> Spread(IReadOnlyList<string> all, int most) =>
        all.Count <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[i * (all.Count - 1) / (most - 1)])];

    private static string Name(CellRow cell) => cell.Axes["correction"] == "none" ? cell.Axes["method"] : $"{cell.Axes["method"]} + {cell.Axes["correction"]}";

    private static double Number(string text) => Numbers.Of(text) ?? double.MaxValue;
}

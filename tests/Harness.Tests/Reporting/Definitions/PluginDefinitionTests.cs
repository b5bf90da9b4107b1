using System.Text.RegularExpressions;
using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Tables;

namespace Dfx.Harness.Tests.Reporting.Definitions;

/// <summary>
/// The tables and claims of the checkout's plugins against its matrices. A claim that finds nothing to compare is undecided for ever, a row of a table stays empty, and nobody is
/// told that a misspelt option or an entry that is no longer there is why.
/// </summary>
[TestFixture]
internal sealed partial class PluginDefinitionTests
{
    private static readonly string s_plugins = Path.Combine(Repository.Root, "plugins");

    /// <summary>Pages whose table of experiments names matrices without the plugin's prefix.</summary>
    private static readonly (string Page, string Plugin, string Prefix)[] s_pages =
        [("soft-diffusion.md", "SoftDiffusion", "soft-"), ("compensation.md", "Compensation", "cs-"), ("residual-correction.md", "ResidualCorrection", "residual-")];

    private static IEnumerable<TestCaseData> Claims() =>
        from folder in Directory.EnumerateDirectories(s_plugins).Order()
        let file = Path.Combine(folder, "claims.yaml")
        where File.Exists(file)
        from claim in ClaimReader.Read(file)
        select new TestCaseData(claim).SetArgDisplayNames(claim.Id);

    private static IEnumerable<TestCaseData> Experiments() =>
        from page in s_pages
        from line in File.ReadLines(Path.Combine(Repository.Root, "docs", page.Page)).SkipWhile(line => line != "## Experiments")
        let cells = line.Split(" | ").Select(cell => cell.Trim('|', ' ')).ToArray()
        where cells.Length == 4 && Id().IsMatch(cells[0])
        select new TestCaseData(page.Plugin, page.Prefix, cells[2], cells[3]).SetArgDisplayNames(cells[0]);

    [TestCaseSource(nameof(Claims))]
    public void Every_claim_has_something_to_compare_in_a_matrix(ClaimDefinition claim) =>
        Assert.That(PlannedMatrix.All.Where(matrix => matrix.Value.Has(claim)).Select(matrix => matrix.Key), Is.Not.Empty);

    /// <summary>But for rows of published numbers alone.</summary>
    [TestCaseSource(nameof(Tables))]
    public void Every_row_of_a_table_can_be_measured(string path)
    {
        var table = TableReader.Read(Path.Combine(s_plugins, path));
        var columns = TableLeaf.Of(table.Columns);
        var empty = from row in TableLeaf.Of(table.Rows)
                    where row.Query.Cells is not null
                    where !columns.Any(column => PlannedMatrix.All.Values.Any(matrix => matrix.Has(table.Query.With(row.Query).With(column.Query).Cells!)))
                    select string.Join(", ", row.Titles);
        Assert.That(empty, Is.Empty);
    }

    /// <summary>Where several fit a table shows none, which is seen only once a matrix has run for hours. Matrices of the plugin alone: those of others name what they like.</summary>
    [TestCaseSource(nameof(Tables))]
    public void Every_place_of_a_table_means_one_configuration_of_a_matrix(string path)
    {
        var prefix = s_pages.FirstOrDefault(page => path.StartsWith(page.Plugin + Path.DirectorySeparatorChar, StringComparison.Ordinal)).Prefix ?? "stf-";
        var table = TableReader.Read(Path.Combine(s_plugins, path));
        var several = from row in TableLeaf.Of(table.Rows)
                      where row.Query.Cells is not null
                      from column in TableLeaf.Of(table.Columns)
                      let query = table.Query.With(row.Query).With(column.Query)
                      from matrix in PlannedMatrix.All
                      where matrix.Key.StartsWith(prefix, StringComparison.Ordinal)
                      where matrix.Value.MostLeft(table, query) > 1
                      select $"{matrix.Key}: {string.Join(", ", row.Titles)} | {string.Join(", ", column.Titles)}";
        Assert.That(several, Is.Empty);
    }

    /// <summary>Which table and which claim stand for which experiment is said in the documentation, of all.</summary>
    [TestCaseSource(nameof(Pages))]
    public void Every_table_and_claim_has_its_place_among_the_experiments(string page, string plugin)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", page));
        var said = Words().Matches(text[text.IndexOf("## Experiments", StringComparison.Ordinal)..]).Select(word => word.Groups["word"].Value);
        var tables = Tables().Where(path => path.StartsWith(plugin + Path.DirectorySeparatorChar, StringComparison.Ordinal)).Select(path => TableReader.Read(Path.Combine(s_plugins, path)).Id);
        Assert.That(ClaimReader.Read(Path.Combine(s_plugins, plugin, "claims.yaml")).Select(claim => claim.Id).Concat(tables), Is.SubsetOf(said));
    }

    private static IEnumerable<TestCaseData> Pages() => s_pages.Select(page => new TestCaseData(page.Page, page.Plugin));

    private static IEnumerable<string> Tables() => Directory.EnumerateDirectories(s_plugins).Select(folder => Path.Combine(folder, "tables")).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml")).Select(path => Path.GetRelativePath(s_plugins, path)).Order();

    /// <summary>The entries that stand behind a matrix are of that matrix, and each claim compares something in one of the row's.</summary>
    [TestCaseSource(nameof(Experiments))]
    public void What_an_experiment_names_is_there(string plugin, string prefix, string matrices, string reported)
    {
        var named = matrices.Split(';').SelectMany(part => Named(part, prefix)).ToList();
        foreach (var (matrix, entry) in named)
        {
            Assert.That(PlannedMatrix.All, Does.ContainKey(matrix));
            Assert.That(PlannedMatrix.All[matrix].Names.Append(null), Does.Contain(entry), matrix);
        }

        var claims = ClaimReader.Read(Path.Combine(s_plugins, plugin, "claims.yaml")).ToDictionary(claim => claim.Id);
        var lost = Words().Matches(reported).Select(word => word.Groups["word"].Value).Where(claims.ContainsKey)
            .Where(id => !named.Exists(place => PlannedMatrix.All[place.Matrix].Has(claims[id])));
        Assert.That(lost, Is.Empty);
    }

    // "small, gpu: `soft`, `dsm-ve` at 16" names two entries of two matrices.
    private static IEnumerable<(string Matrix, string? Entry)> Named(string part, string prefix)
    {
        var halves = part.Split(':', 2);
        var entries = halves.Length < 2 ? [] : Words().Matches(halves[1]).Select(word => (string?)word.Groups["word"].Value).ToList();
        return from name in halves[0].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
               from entry in entries.DefaultIfEmpty(null)
               select (PlannedMatrix.All.ContainsKey(prefix + name) ? prefix + name : name, entry);
    }

    [GeneratedRegex("`(?<word>[a-z0-9.-]+)`")]
    private static partial Regex Words();

    [GeneratedRegex("^[A-Z]+[0-9]+[a-z]?$")]
    private static partial Regex Id();
}

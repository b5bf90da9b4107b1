using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Tables;

namespace Dfx.Harness.Tests.Reporting.Tables;

/// <summary>The published numbers in papers' tables: each where the paper has it, and beside measured ones of the same budget.</summary>
public sealed class PublishedTableTests
{
    private static readonly string s_fixtures = Path.Combine(Repository.Root, "tests", "Harness.Tests", "Reporting", "Tables", "Fixtures");

    private static IEnumerable<string> Definitions() => Directory.EnumerateFiles(s_fixtures, "*.yaml")
        .Concat(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "plugins")).Select(p => Path.Combine(p, "tables")).Where(Directory.Exists)
            .SelectMany(tables => Directory.EnumerateFiles(tables, "*.yaml")))
        .Select(path => Path.GetRelativePath(Repository.Root, path)).Order();

    /// <summary>No published number is ambiguous, and a table that names a source without showing any would be a misspelt condition.</summary>
    [TestCaseSource(nameof(Definitions))]
    public void Every_published_number_is_one_number(string path)
    {
        var table = Fill(path);
        var cells = Cells(table).SelectMany(cell => cell.Parts).Select(part => part.Published).ToList();
        Assert.That(cells, Has.None.Contains("fit"));
        Assert.That(cells.Any(text => text.Length > 0), Is.EqualTo(table.Definition.Published is not null));
    }

    /// <summary>The printed rows of the paper, as their text has them.</summary>
    [TestCase("residual-7", "DPM-Solver-2 (VP)*", "5.12 (+2) | 2.94 (+4) | 2.65 (−2)")]
    [TestCase("residual-7", "DEIS (VE)", "20.89 (+0) | 16.59 (+0) | 16.31 (+0)")]
    [TestCase("residual-1", "ADM-G", "4.59 → 4.47 | 186.70 → 191.23")]
    [TestCase("residual-5", "DDPM", "3.17 | 3.15 (0.02) | 3.06 (0.11)")]
    [TestCase("compensation-4", "DDIM+CS", "0.272 | 20.37 | 0.259 | 15.33 | 0.372 | 39.05 | 0.079 | 4.21 | 0.064 | 3.58")]
    public void The_published_row_is_the_printed_one(string table, string title, string printed)
    {
        var row = Fill(Path.Combine(s_fixtures, table + ".yaml")).Rows.First(r => r.Leaf.Titles[^1] == title);
        Assert.That(string.Join(" | ", row.Cells.Select(cell => PartFormat.Of(cell.Format, [.. cell.Parts.Select(p => p.Published)]))), Is.EqualTo(printed));
    }

    [TestCase("STF - RK45", "9.52 | 5.51 | 200")]
    [TestCase("StyleGAN2-ADA (Karras et al., 2020)", "9.83 | 2.92 | 1")]
    [TestCase("STF - Heun, DDPM++", "9.79 | 1.92 | 35")]
    public void Table_1_of_STF_is_the_printed_one(string title, string printed)
    {
        var row = Fill("plugins/Stf/tables/stf-1.yaml").Rows.First(r => r.Leaf.Titles[^1] == title);
        Assert.That(string.Join(" | ", row.Cells.Select(cell => cell.Parts[0].Published)), Is.EqualTo(printed));
    }

    /// <summary>FID and, where the paper gives it, the NFE; the text of the paper has the numbers, its Table 1 and Figure 4 among them.</summary>
    [TestCase("soft-1", "3.26 | 3.51 | 1.90 | 3.95 | 3.25 | - | 1.85 at 280")]
    [TestCase("soft-ablations", "27.82 | 1.85 at 280 | - | 5.91 | - | 1.85 at 280 | 1.85 at 280 | - | - | 4.31 | 8.35 at 2000 | 1.85 at 280")]
    [TestCase("soft-masking", "30.92 | 12.37 | - | - | -")]
    [TestCase("soft-cifar10", "3.86 | 3.91 | 4.79 | 10.54 | 3.17 | 3.17")]
    public void The_tables_of_Soft_Diffusion_have_the_printed_numbers(string table, string printed) =>
        Assert.That(string.Join(" | ", Soft(table).Rows.Select(Printed)), Is.EqualTo(printed));

    /// <summary>But for the two speeds of training, which are those of other hardware. The main model stands beside the ablation of its objective and of its noise.</summary>
    [Test]
    public void Every_published_row_of_Soft_Diffusion_stands_in_a_table()
    {
        string[] columns = ["table", "method", "sampler", "nfe"];
        var published = PublishedRows.Read(Path.Combine(Repository.Root, "baselines", "published", "soft-diffusion.csv"));
        List<string> Rows(PublishedQuery query) => Words(published, query, columns);
        var shown = Directory.EnumerateFiles(Path.Combine(Repository.Root, "plugins", "SoftDiffusion", "tables"), "*.yaml").Select(TableReader.Read)
            .SelectMany(table => TableLeaf.Of(table.Rows).Select(row => table.Query.With(row.Query).Published)).OfType<PublishedQuery>().SelectMany(Rows).ToList();
        var all = Rows(new(new Dictionary<string, string> { ["metric"] = "fid" }));
        Assert.That(all, Has.Count.EqualTo(published.Count - 2).And.Unique);
        Assert.That(shown.Distinct(), Is.EquivalentTo(all));
        Assert.That(shown.GroupBy(row => row).Where(same => same.Count() > 1).Select(same => same.Key), Is.EqualTo(new[] { "Sec. 4 objective ablation, Soft Score Matching, Momentum (SDE), 280" }));
    }

    /// <summary>The printed rows of Lu, Salah and Poppe; those of Table 6 by the text, which contradicts the printed labels.</summary>
    [TestCase("cs-1-celeba64", "DDIM+CS, T = 100", "7.80 | 5.11 | 2.23 | 2.11 | 1.98")]
    [TestCase("cs-1-celeba64", "Cold Diffusion", "32.81 | 20.45 | 12.93 | 7.13 | 7.84")]
    [TestCase("cs-1-ffhq256", "PDM+CS", "6.11 | 3.52 | 2.57")]
    [TestCase("cs-1-gans", "Diffusion StyleGAN2+CS", "1.21 | 2.95")]
    [TestCase("cs-2", "PFGM++ + CS, T = 1000", "1.50 | 35")]
    [TestCase("cs-3", "DDIM+CS", "31.3842 | 0.8699 | 100")]
    [TestCase("cs-4", "DDIM+CS", "0.272 | 20.37 | 0.259 | 15.33 | 0.372 | 39.05 | 0.079 | 4.21 | 0.064 | 3.58")]
    [TestCase("cs-5", "CelebA 64x64, DDIM+CS, T = 100, NFE 100", "2.0 |  | 2.11")]
    [TestCase("cs-5-gflops", "DDIM+CS", "7.78 | 15.58 | 249.07")]
    [TestCase("cs-6", "CS, in training", "11.89 | 100 | ")]
    [TestCase("cs-6", "CS, in training and generation", "11.84 | 100 | ")]
    public void The_tables_of_compensation_sampling_have_the_printed_numbers(string table, string titles, string printed)
    {
        var row = Fill($"plugins/Compensation/tables/{table}.yaml").Rows.Single(r => string.Join(", ", r.Leaf.Titles) == titles);
        Assert.That(string.Join(" | ", row.Cells.Select(cell => cell.Parts[0].Published)), Is.EqualTo(printed));
    }

    [Test]
    public void Every_published_row_of_compensation_sampling_stands_in_one_place()
    {
        var published = PublishedRows.Read(Path.Combine(Repository.Root, "baselines", "published", "compensation.csv"));
        var shown = Places().Where(place => place.Table.Published == "compensation" && place.Part.Published is { Read: null })
            .SelectMany(place => Words(published, place.Part.Published!, "table", "dataset", "method", "sampler", "nfe", "train_steps_T", "metric")).ToList();
        Assert.That(shown, Is.Unique);
        Assert.That(shown, Has.Count.EqualTo(published.Count));
    }

    /// <summary>Where the paper says after how many evaluations its number was, the measured one beside it is of as many, at least if it was measured; adaptive samplers choose theirs.</summary>
    [TestCaseSource(nameof(Sourced))]
    public void A_measured_number_has_the_evaluations_of_the_published_one(string path)
    {
        var others = from place in Places(path)
                     where place.Part is { Cells: { } cells, Published: not null } && cells.Patterns.GetValueOrDefault("sampler")?.Any?.Contains("rk45") != true
                     let published = Words(place.Rows, place.Part.Published!, "nfe")
                     where published is [{ Length: > 0 }] && !Wanted(place.Part).SequenceEqual(published)
                     select $"{string.Join(", ", place.Titles)}: published at {published[0]}";
        Assert.That(others, Is.Empty);
    }

    /// <summary>The budget that a place shows, pinned or chosen first.</summary>
    private static IEnumerable<string> Wanted(Query part) => part.Cells!.Patterns.GetValueOrDefault("nfe")?.Any
        ?? part.Choose.Where(p => p.By == new NumericAxis("nfe")).Select(p => CsvFile.Text(p.Wishes[0]));

    private static IEnumerable<string> Sourced() => Definitions().Where(path => path.StartsWith("plugins", StringComparison.Ordinal) && TableReader.Read(Path.Combine(Repository.Root, path)).Published is not null);

    private static IEnumerable<Place> Places() => Sourced().SelectMany(Places);

    private static IEnumerable<Place> Places(string path)
    {
        var table = TableReader.Read(Path.Combine(Repository.Root, path));
        var rows = PublishedRows.Read(Path.Combine(Repository.Root, "baselines", "published", table.Published + ".csv"));
        return from row in TableLeaf.Of(table.Rows)
               from column in TableLeaf.Of(table.Columns)
               let part = table.Query.With(row.Query).With(column.Query)
               select new Place(table, rows, row.Titles, row.Query.Cells is null ? part with { Cells = null } : part);
    }

    /// <summary>The published rows that a place means, by some of their columns.</summary>
    private static List<string> Words(PublishedRows published, PublishedQuery query, params string[] columns) =>
        [.. columns.Select(column => published.Find(query with { Read = column, Minus = null })).Aggregate((a, b) => [.. a.Zip(b, (x, y) => $"{x}, {y}")])];

    private sealed record Place(TableDefinition Table, PublishedRows Rows, IReadOnlyList<string> Titles, Query Part);

    private static PaperTable Soft(string table) => Fill($"plugins/SoftDiffusion/tables/{table}.yaml");

    private static string Printed(PaperRow row) => row.Cells.Select(cell => cell.Parts[0].Published).ToList() switch
    {
        ["", ..] => "-",
        [var fid, not "" and var nfe] => $"{fid} at {nfe}",
        var numbers => numbers[0],
    };

    private static IEnumerable<PaperCell> Cells(PaperTable table) => table.Rows.SelectMany(row => row.Cells);

    private static PaperTable Fill(string path) => PaperTableTests.Filled(path, Leaderboard.Of(TestCells.Results())).Single();
}

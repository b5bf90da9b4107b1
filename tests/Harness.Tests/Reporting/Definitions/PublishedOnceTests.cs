using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Tables;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Reporting.Definitions;

/// <summary>Every number that a paper prints stands in one place of its plugin's tables: none is forgotten, and none is taken for another one.</summary>
[TestFixture]
internal sealed class PublishedOnceTests
{
    private const string Number = "row-number";

    [TestCase("ResidualCorrection", "residual-correction", 204)]
    public void Every_published_row_stands_in_one_place(string plugin, string source, int rows)
    {
        using var scratch = new ScratchFolder();
        var csv = CsvTable.Read(Path.Combine(Repository.Root, "baselines", "published", source + ".csv"));
        var published = PublishedRows.Read(Numbered(scratch, csv));
        var places = Places(Path.Combine(Repository.Root, "plugins", plugin, "tables"), source).Select(place => (place.Name, Found: published.Find(place.Query with { Read = Number }))).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(csv.Rows, Has.Count.EqualTo(rows));
            Assert.That(places.Where(place => place.Found.Count > 1).Select(place => place.Name), Is.Empty, "several rows in one place");
            var found = places.SelectMany(place => place.Found).ToList();
            Assert.That(Enumerable.Range(0, rows).Select(i => $"{i}").Except(found).Select(i => string.Join(',', csv.Rows[int.Parse(i, System.Globalization.CultureInfo.InvariantCulture)])), Is.Empty, "in no place");
            Assert.That(found, Is.Unique, "in two places");
        }
    }

    // What a table asks for by another column than "value" is beside a number and not one of its own.
    private static IEnumerable<(string Name, PublishedQuery Query)> Places(string folder, string source) =>
        from path in Directory.EnumerateFiles(folder, "*.yaml")
        let table = TableReader.Read(path)
        where table.Published == source
        from row in TableLeaf.Of(table.Rows)
        from column in TableLeaf.Of(table.Columns)
        let published = table.Query.With(row.Query).With(column.Query).Published
        where published is { Read: null }
        select ($"{table.Id}: {string.Join(", ", row.Titles)} | {string.Join(", ", column.Titles)}", published!);

    private static string Numbered(ScratchFolder scratch, CsvTable csv)
    {
        var lines = csv.Rows.Select((row, i) => row.Append($"{i}")).Prepend([.. csv.Header, Number]);
        return scratch.Write("rows.csv", string.Concat(lines.Select(line => string.Join(',', line.Select(text => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n")));
    }
}

using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Dfx.Harness.Reporting;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>CSV files against CsvHelper, which writes and reads them by itself.</summary>
public sealed class CsvFileTests
{
    private static readonly string[] s_fields = ["", "a", " a", "a ", " ", "a,b", "\"", "a\"b\"", "a\nb", "a\r\nb", "1,5", ";", "'", "ä €", "\t", "=1+1", "#", "\\"];

    [Test]
    public void Every_pair_of_fields_is_written_as_csvhelper_writes_it()
    {
        var rows = s_fields.SelectMany(a => s_fields.Select(b => (string[])[a, b])).ToList();
        Assert.That(CsvFile.Render(["x", "y"], rows), Is.EqualTo(Reference([["x", "y"], .. rows])));
    }

    [Test]
    public void Random_fields_come_back([Range(1, 3)] int seed)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 500).Select(_ => Enumerable.Range(0, 4).Select(_ => string.Concat(random.GetItems("ab \",\r\n".ToCharArray(), random.Next(6)))).ToArray()).ToList();
        using var scratch = new ScratchFolder();
        CsvFile.Write(scratch.At("a.csv"), ["p", "q", "r", "s"], rows);
        Assert.That(CsvTable.Read(scratch.At("a.csv")).Skip(1), Is.EqualTo(rows));
    }

    /// <summary>More items than a batch has, with none, one and two rows.</summary>
    [Test]
    public void Many_rows_at_a_time_are_the_rows_one_by_one()
    {
        using var scratch = new ScratchFolder();
        var items = Enumerable.Range(0, 10_001).ToList();
        CsvFile.Write(scratch.At("a.csv"), ["n"], items, Rows);
        Assert.That(File.ReadAllText(scratch.At("a.csv")), Is.EqualTo(CsvFile.Render(["n"], items.SelectMany(Rows))));

        static IEnumerable<IEnumerable<string>> Rows(int item) => Enumerable.Repeat((string[])[CsvFile.Text(item)], item % 3);
    }

    private static string Reference(IEnumerable<string[]> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var writer = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }))
        {
            foreach (var row in rows)
            {
                Array.ForEach(row, writer.WriteField);
                writer.NextRecord();
            }
        }

        return text.ToString();
    }
}

using System.Text.RegularExpressions;
using Dfx.Harness.Reporting;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>CSV files, read back.</summary>
public sealed class CsvFileTests
{
    [Test]
    public void Random_fields_come_back([Range(1, 3)] int seed)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 500).Select(_ => Enumerable.Range(0, 4).Select(_ => string.Concat(random.GetItems("ab \",\r\n".ToCharArray(), random.Next(6)))).ToArray()).ToList();
        using var scratch = new ScratchFolder();
        CsvFile.Write(scratch.At("a.csv"), ["p", "q", "r", "s"], rows);
        var read = CsvTable.Read(scratch.At("a.csv"));

        // A carriage return that ends no line would be obeyed by a terminal, and is shown.
        var shown = rows.Select(row => row.Select(field => Regex.Replace(field, "\r(?!\n)", "␍")));
        Assert.That((read.Problem, read.Rows), Is.EqualTo(((string?)null, shown)));
    }

    /// <summary>More items than a batch has, with none, one and two rows.</summary>
    [Test]
    public void Many_rows_at_a_time_are_the_rows_one_by_one()
    {
        using var scratch = new ScratchFolder();
        var items = Enumerable.Range(0, 10_001).ToList();
        CsvFile.Write(scratch.At("a.csv"), ["n"], items, (lines, item) => Rows(item).ToList().ForEach(row => lines.Add(row).End()));
        Assert.That(File.ReadAllText(scratch.At("a.csv")), Is.EqualTo(CsvFile.Render(["n"], items.SelectMany(Rows))));

        static IEnumerable<IEnumerable<string>> Rows(int item) => Enumerable.Repeat((string[])[CsvFile.Text(item)], item % 3);
    }

    [Test]
    public void A_number_is_written_as_its_text([Values(0.0, -0.0, 0.1, -1e308, 5e-324, 123456789012345680.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, null)] double? number)
    {
        var lines = new CsvLines().Add("a, \"b\"").Add(number).Add("");
        lines.End();
        Assert.That(System.Text.Encoding.UTF8.GetString(lines.Bytes), Is.EqualTo($"\"a, \"\"b\"\"\",{CsvFile.Text(number)},\n"));
    }

    /// <summary>At the start of a line and within it, and when the buffer has grown in between.</summary>
    [Test]
    public void Fields_of_several_lines_are_the_same_in_each()
    {
        var (lines, expected) = (new CsvLines(), new System.Text.StringBuilder());
        Range? first = null, within = null;
        for (var i = 0; i < 2000; i++)
        {
            lines.Add(["a", "b,c"], ref first).Add(CsvFile.Text(i)).Add([""], ref within).End();
            expected.Append(System.Globalization.CultureInfo.InvariantCulture, $"a,\"b,c\",{i},\n");
        }

        Assert.That(System.Text.Encoding.UTF8.GetString(lines.Bytes), Is.EqualTo(expected.ToString()));
    }
}

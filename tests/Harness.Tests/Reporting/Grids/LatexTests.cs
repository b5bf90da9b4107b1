using System.Text.RegularExpressions;
using Dfx.Harness.Reporting.Grids;

namespace Dfx.Harness.Tests.Reporting.Grids;

/// <summary>LaTeX that compiles whatever the labels are.</summary>
public sealed partial class LatexTests
{
    [TestCase("_", "\\_")]
    [TestCase("%", "\\%")]
    [TestCase("&", "\\&")]
    [TestCase("#", "\\#")]
    [TestCase("$", "\\$")]
    [TestCase("{", "\\{")]
    [TestCase("}", "\\}")]
    [TestCase("~", "\\textasciitilde{}")]
    [TestCase("^", "\\textasciicircum{}")]
    [TestCase("\\", "\\textbackslash{}")]
    [TestCase("|", "\\textbar{}")]
    [TestCase("`", "\\textasciigrave{}")]
    [TestCase("\"", "\\char34{}")]
    [TestCase("a--b-c", "a-{}-b-c")]
    [TestCase("''", "'{}'")]
    [TestCase("a-'", "a-'")]
    [TestCase("\\{}", "\\textbackslash{}\\{\\}")]
    [TestCase("a_b & 100 %", "a\\_b \\& 100 \\%")]
    public void What_has_a_meaning_is_escaped(string text, string expected) => Assert.That(LatexText.Escape(text), Is.EqualTo(expected));

    [TestCase(3)]
    [TestCase(60)]
    public void Every_line_has_the_columns_of_its_table(int rows)
    {
        var latex = LatexGrid.Render(Hostile(rows));
        var columns = Columns().Match(latex).Groups[1].Length;
        var lines = latex.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal) && line.EndsWith("\\\\", StringComparison.Ordinal)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(columns, Is.EqualTo(3));
            Assert.That(lines, Has.Count.EqualTo(rows + 2));
            Assert.That(lines.Select(Width), Is.All.EqualTo(3));
            Assert.That(latex.Count(c => c == '{') - Escaped().Count(latex), Is.EqualTo(latex.Count(c => c == '}') - EscapedEnd().Count(latex)), "braces");
            Assert.That(Environments(latex, "begin"), Is.EquivalentTo(Environments(latex, "end")));
        }
    }

    /// <summary>TeX looks for the argument of a line's end beyond it.</summary>
    [TestCase("[p]")]
    [TestCase("*")]
    public void A_row_that_begins_with_a_bracket_is_no_argument_of_the_line_above(string name)
    {
        var latex = LatexGrid.Render(new() { Title = "t", Header = [[new("a")]], Rows = [[new("x")], [new(name)]], Notes = [] });
        Assert.That(latex, Does.Contain("    {}" + name));
    }

    private static Grid Hostile(int rows) => new()
    {
        Title = "50 % of {a_b} & #1 ~ ^ \\ $",
        Header = [[new("method"), GridCell.Number("& both") with { Span = 2 }], [new("a_b"), GridCell.Number("{"), GridCell.Number("}")]],
        Rows = [.. Enumerable.Range(0, rows).Select(i => (IReadOnlyList<GridCell>)(i == 1 ? [new("& group") { Span = 3 }] : [new("a & b \\"), GridCell.Number("1 %"), GridCell.Number("^") with { Bold = true }]))],
        Notes = ["100 % & _ # \\ {"],
    };

    /// <summary>How many columns a line fills.</summary>
    private static int Width(string line) => Separator().Split(line).Sum(cell => Span().Match(cell) is { Success: true } span ? int.Parse(span.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 1);

    private static IEnumerable<string> Environments(string latex, string word) => Regex.Matches(latex, $@"\\{word}\{{(\w+)\}}").Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\\begin\{(?:tabular|longtable)\}\{([lr]+)\}")]
    private static partial Regex Columns();

    [GeneratedRegex(@"(?<!\\)&")]
    private static partial Regex Separator();

    [GeneratedRegex(@"\\multicolumn\{(\d+)\}")]
    private static partial Regex Span();

    [GeneratedRegex(@"\\\{")]
    private static partial Regex Escaped();

    [GeneratedRegex(@"\\\}")]
    private static partial Regex EscapedEnd();
}

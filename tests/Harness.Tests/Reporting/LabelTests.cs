using System.Net;
using System.Text.RegularExpressions;
using Dfx.Harness.Reporting.Figures.Pictures;
using Dfx.Harness.Reporting.Grids;
using Dfx.Harness.Reporting.Html.Sections;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>Labels show as they are, whatever signs they have.</summary>
public sealed partial class LabelTests
{
    private static readonly string[] s_labels = ["50 %_a", "a & b", "&lt;b&gt;", "a | b", "<i>x</i>", "\"q\" 'r' `s`", "$x_1$", "#1 *a* [b](c) ~d~ \\", "\u05E9\u05DC\u05D5\u05DD", new('m', 160)];

    // GitHub's Markdown shows a sign of punctuation after a backslash as it is; every sign with a meaning must have one.
    [TestCaseSource(nameof(s_labels))]
    public void In_markdown(string label)
    {
        var row = MarkdownGrid.Render(Grid(label)).Split('\n').Single(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains(label[^1]) && !line.Contains("head"));
        var cell = row[2..^2];
        Assert.That(Escaped().Replace(cell, "$1"), Is.EqualTo(label));
        Assert.That(Escaped().Replace(cell, ""), Does.Not.Match(@"[|*_`<>\[\]~#&$\\]"));
    }

    [TestCaseSource(nameof(s_labels))]
    public void In_html(string label)
    {
        var html = GridMarkup.Of(Grid(label)).Text;
        Assert.That(WebUtility.HtmlDecode(Cell().Match(html).Groups[1].Value), Is.EqualTo(label));
    }

    // The text of a picture is what its lines have, which break at spaces alone here.
    [TestCaseSource(nameof(s_labels))]
    public void In_pictures(string label)
    {
        var block = TextBlock.Of(label, 5000);
        using var font = new SkiaSharp.SKFont(FigureFont.Typeface);
        Assert.That(block.Lines, Has.Count.EqualTo(1));
        Assert.That(block.Text.Where(c => font.GetGlyph(c) == 0), Is.Empty);
        Assert.That(block.Text.Order(), Is.EqualTo(label.Order()), "the same signs");
    }

    // Hebrew letters as a, b, c: what stands at the left comes first. After the cases of UAX #9.
    [TestCase("abc", "abc")]
    [TestCase("ABG", "GBA")]
    [TestCase("dsm ABG", "dsm GBA")]
    [TestCase("ABG dsm", "dsm GBA")]
    [TestCase("x ABG DHW y", "x WHD GBA y")]
    [TestCase("ABG 128 D", "D 128 GBA")]
    [TestCase("ABG (D)", "(D) GBA")]
    [TestCase("nfe 5 | ABG | heun", "nfe 5 | GBA | heun")]
    [TestCase("ABG, x, D", "D ,x ,GBA")]
    [TestCase("x (ABG)", "x (GBA)")]
    public void Runs_from_right_to_left_are_turned_round(string text, string expected) => Assert.That(VisualText.Of(Hebrew(text)), Is.EqualTo(Hebrew(expected)));

    // salam: seen within, lam-alef at its end, meem alone. From the left: meem, lam-alef, seen.
    [TestCase("\u0633\u0644\u0627\u0645", "\uFEE1\uFEFC\uFEB3")]
    // kitab: kaf at the beginning, teh within, alef at its end, beh alone.
    [TestCase("\u0643\u062A\u0627\u0628", "\uFE8F\uFE8E\uFE98\uFEDB")]
    // Yeh, the last letter of the block, and peh of Persian.
    [TestCase("\u064A", "\uFEF1")]
    [TestCase("\u067E\u067E", "\uFB57\uFB58")]
    public void Arabic_letters_are_joined(string text, string expected) => Assert.That(VisualText.Of(text), Is.EqualTo(expected));

    private static string Hebrew(string text) => string.Concat(text.Select(c => c is >= 'A' and <= 'Z' ? (char)(0x05D0 + c - 'A') : c));

    private static Grid Grid(string label) => new() { Title = "t", Header = [[new("head")]], Rows = [[new(label)]], Notes = [] };

    [GeneratedRegex(@"\\([^A-Za-z0-9\s])")]
    private static partial Regex Escaped();

    [GeneratedRegex("<th scope=\"row\">(.*?)</th>")]
    private static partial Regex Cell();
}

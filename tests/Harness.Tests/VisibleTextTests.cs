using System.Diagnostics;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Grids;
using Dfx.Harness.Reporting.Html;
using Dfx.Harness.Tests.Damage;
using Dfx.Harness.Tests.Matrix;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests;

/// <summary>Control characters in names and messages are shown: no terminal obeys them, wherever the text is printed.</summary>
public sealed class VisibleTextTests
{
    // Clears the screen, sets a title, rings, goes back to the line's start, and the same again in eight bits.
    private const string Hostile = "a\e[2J\e]0;owned\a\rb\u009b2Jc\u007f";

    [TestCase("plain, ünï, עברית, ␛", "plain, ünï, עברית, ␛")]
    [TestCase("a\tb\nc\r\nd", "a\tb\nc\r\nd")]
    [TestCase(Hostile, "a␛[2J␛]0;owned␇␍b<U+009B>2Jc␡")]
    [TestCase("\0\u001f\r", "␀␟␍")]
    [TestCase("", "")]
    public void Each_has_a_sign(string text, string shown)
    {
        using var writer = new StringWriter();
        using var visible = new VisibleWriter(writer);
        visible.Write(text);
        Assert.That(VisibleText.Of(text), Is.EqualTo(shown));
        Assert.That(writer.ToString(), Is.EqualTo(shown));
        Assert.That(shown.Where(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n')), Is.Empty);
    }

    [Test]
    public void Every_way_to_write_is_guarded()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        using var visible = new VisibleWriter(writer) { NewLine = "\n" };
        visible.Write('\e');
        visible.Write("\e".ToCharArray());
        visible.Write("\e".AsSpan());
        visible.Write("{0}", "\e");
        visible.WriteLine("\e");
        visible.WriteLine("\e".ToCharArray());
        visible.WriteLine((object)"\e");
        visible.WriteAsync("\e").Wait();
        visible.WriteLineAsync("\e").Wait();
        Assert.That(writer.ToString().Replace(Environment.NewLine, "", StringComparison.Ordinal).Distinct(), Is.EqualTo("␛"));
    }

    [Test]
    public void Tables_show_them()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(CsvFile.Render(["name"], [[Hostile]]), Is.EqualTo("name\na␛[2J␛]0;owned␇␍b<U+009B>2Jc␡\n"));
            Assert.That(MarkdownGrid.Render(Grid()), Does.Contain("a␛\\[2J␛\\]0;owned␇ b\\<U+009B\\>2Jc␡").And.Not.Contain("\e"));
            Assert.That(LatexGrid.Render(Grid()), Does.Contain("a\\textasciicircum{}[[2J").And.Contain("2Jc\\textasciicircum{}?").And.Not.Contain("\e").And.Not.Contain("␛"));
            Assert.That(Markup.Encode(Hostile), Does.Contain("␛").And.Not.Contain("&#x1B;"));
        }
    }

    /// <summary>As a person sees it: names that come from the command line, from a matrix and from another machine's results.</summary>
    [Test]
    public void Commands_show_them()
    {
        using var whole = new WholeFolder(checksums: false);
        var record = File.ReadAllText(whole.RecordPath);
        File.WriteAllText(whole.RecordPath, record.Replace("all went well", "all\\u001b[2Jwell", StringComparison.Ordinal));
        var matrix = whole.At("m.yaml");
        File.WriteAllText(matrix, Matrices.Text(("methods", "\"test-\\e[2Jaffine\"")));

        Assert.That(Run("table", "t\e[2J", whole.Folder.Root), Does.Contain("'t␛[2J'"));
        Assert.That(Run("status", whole.Folder.Root), Does.Contain("all␛[2Jwell"));
        Assert.That(Run("plan", matrix, "--plugins", TestPlugins.Folder, "--results", whole.At("r")), Does.Contain("test-␛[2Jaffine"));
    }

    private static Grid Grid() => new() { Title = "T", Header = [[new("x")]], Rows = [[new(Hostile)]] };

    private static string Run(params string[] arguments)
    {
        var dll = Path.Combine(TestContext.CurrentContext.TestDirectory, "dfx.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [dll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd() + errors.Result;
        Assert.That(text, Does.Not.Contain("\e"));
        return text;
    }
}

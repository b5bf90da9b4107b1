using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dfx.Harness.Reporting;
using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Reporting.Grids;
using Dfx.Harness.Reporting.Html;

namespace Dfx.Harness.Tests.Reporting.Html;

/// <summary>The page as text; that it works is a test in the browser.</summary>
public sealed partial class PageTests
{
    private const string Evil = "</script><img src=x onerror='boom()'>\"&<!--";

    [Test]
    public void What_others_wrote_never_becomes_markup()
    {
        var page = Page(
            MadeResults.Of(MadeResults.Cell(Evil, Evil, 5, 0, 1), MadeResults.Cell(Evil, Evil, 9, 0, 2), MadeResults.Failed("m", "s", 5, 0, "error", Evil)),
            [new() { Title = Evil, Header = [[new(Evil)]], Rows = [[new(Evil)]], Notes = [Evil] }], [MadeClaims.Below(Evil, Verdict.Undecided, [1, 2])]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Not.Contain("<img src=x"));
            Assert.That(Regex.Count(page, "</script>"), Is.EqualTo(Regex.Count(page, "<script")));
            Assert.That(page, Does.Not.Contain(Evil[9..]));
        }
    }

    [Test]
    public void Nothing_is_loaded_from_elsewhere() =>
        Assert.That(Loads().Matches(Page(MadeResults.Of(MadeResults.Grid()))).Select(match => match.Value), Is.All.Contains("data:"));

    /// <summary>By hand: seeds 0 and 1 differ by one, so the mean is half a step above the first and the deviation is sqrt(1/2).</summary>
    [Test]
    public void Rows_hold_means_and_deviations_and_lead_to_their_cells()
    {
        var json = new BoardJson(Leaderboard.Of(MadeResults.Of(MadeResults.Grid())));
        var (rows, cells) = (JsonNode.Parse(json.Rows())!, JsonNode.Parse(json.Cells())!);
        var fd = rows["columns"]!.AsArray().Single(column => column!["name"]!.GetValue<string>() == "fd")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows["count"]!.GetValue<int>(), Is.EqualTo(8));
            Assert.That(fd["values"]![0]!.GetValue<double>(), Is.EqualTo(20.5));
            Assert.That(fd["deviation"]![0]!.GetValue<double>(), Is.EqualTo(Math.Sqrt(0.5)).Within(1e-3));
            Assert.That(fd["half"]![0]!.GetValue<double>(), Is.EqualTo(12.706 * 0.5).Within(1e-3), "Student's t for one degree of freedom");
            Assert.That(cells["counts"]!.AsArray().Select(count => count!.GetValue<int>()), Is.All.EqualTo(2));
            Assert.That(cells["keys"]!.AsArray(), Has.Count.EqualTo(16));
        }
    }

    [Test]
    public void Without_scripts_the_page_says_so_and_shows_pictures()
    {
        var results = MadeResults.Of(MadeResults.Grid());
        var report = new Report { Board = Leaderboard.Of(results), Manifest = MadeResults.Manifest(), Figures = FigureList.Of(results, []), Picture = _ => "<svg xmlns='http://www.w3.org/2000/svg'/>" };
        Assert.That(ReportPage.Render(report, []), Does.Contain("data:image/svg+xml;base64,").And.Contain("no npm").And.Not.Contain("<div class=\"plot\""));
        Assert.That(ReportPage.Render(report with { Picture = _ => null }, []), Does.Contain("nothing to draw the figures with"));
    }

    [Test]
    public void Failures_stand_with_their_message_and_log()
    {
        var page = Page(MadeResults.Of(MadeResults.Failed("m", "s", 5, 0, "oom", "needs 9 GiB"), MadeResults.Failed("m", "s", 5, 1, "oom", "needs 9 GiB")));
        Assert.That(page, Does.Contain("needs 9 GiB").And.Contain(".log\">log</a>").And.Contain("<td class=\"number\">2</td><td><span class=\"status oom\">oom</span>"));
    }

    private static string Page(Results results, IReadOnlyList<Grid>? tables = null, IReadOnlyList<ClaimResult>? claims = null) => ReportPage.Render(
        new() { Board = Leaderboard.Of(results), Manifest = MadeResults.Manifest(), Figures = FigureList.Of(results, []), Tables = tables ?? [], Claims = claims ?? [] }, ["/* drawing */"]);

    [GeneratedRegex("""(?:src|rel="icon" href)="[^"]*"|@import[^;]*|url\([^)]*\)""")]
    private static partial Regex Loads();
}

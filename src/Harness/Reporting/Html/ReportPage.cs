using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Reporting.Html.Sections;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting.Html;

/// <summary><c>report.html</c>: everything that was measured in one file, which needs nothing but a browser.</summary>
internal static class ReportPage
{
    // One for each of two samplers, as a rule.
    private const int LeadingSheets = 2;

    /// <summary>Writes the page.</summary>
    /// <param name="path">The file.</param>
    /// <param name="report">What it shows.</param>
    /// <param name="libraries">The folder of the scripts that draw figures; without them the figures are pictures.</param>
    internal static void Write(string path, Report report, string libraries)
    {
        AtomicFile.Write(path, stream =>
        {
            using var text = new StreamWriter(stream, leaveOpen: true);
            foreach (var piece in Pieces(report, WebFiles.Libraries(libraries)))
            {
                text.Write(piece.Text);
            }
        });
    }

    /// <summary>The page as text.</summary>
    internal static string Render(Report report, IReadOnlyList<string> libraries) => Markup.Join(Pieces(report, libraries)).Text;

    /// <summary>The page from the top down. Its data are most of it: one piece of them is in memory at a time.</summary>
    private static IEnumerable<Markup> Pieces(Report report, IReadOnlyList<string> libraries)
    {
        var leading = FigureList.Leading(report.Figures, report.Board);
        report = report with { Figures = [.. leading, .. report.Figures.Except(leading)] };
        var data = new BoardJson(report.Board);
        yield return Body(report, [.. Sections(report, leading.Count, libraries.Count > 0).Where(section => section.Body.Text.Length > 0)]);
        yield return new("<script type=\"application/json\" id=\"rows\">");
        yield return new(data.Rows());
        yield return Markup.Of($"</script>\n<script>{new Markup(WebFiles.FirstScript)}</script>\n<script type=\"application/json\" id=\"cells\">");
        yield return new(data.Cells());
        yield return Markup.Of($"""
            </script>
            <script type="application/json" id="specs">{new Markup(libraries.Count > 0 ? FigureSection.Specs(report.Figures) : "[]")}</script>
            {libraries.Select(library => new Markup($"<script>{library}</script>\n"))}<script>{new Markup(WebFiles.LastScript)}</script>
            </body>
            </html>

            """);
    }

    private static Markup Body(Report report, IReadOnlyList<PageSection> sections) => Markup.Of($$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{report.Results.Matrix}} · Dfx report</title>
        <link rel="icon" href="data:,">
        <style>{{new Markup(WebFiles.Style)}}</style>
        </head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
        <div><h1>{{report.Results.Matrix}}</h1><p>Dfx report</p></div>
        <button type="button" id="theme" aria-label="Colours">Colours: system</button>
        </header>
        <nav aria-label="Sections"><ul>{{sections.Select(section => Markup.Of($"<li><a href=\"#{section.Id}\">{section.Title}</a></li>"))}}</ul></nav>
        <main id="main">
        {{sections.Select(Section)}}
        </main>
        <dialog id="details" aria-labelledby="details-title"></dialog>

        """);

    /// <summary>What people look for stands first: the figure and the images, then numbers, then everything.</summary>
    private static IEnumerable<PageSection> Sections(Report report, int leading, bool interactive)
    {
        var (board, results) = (report.Board, report.Results);
        return
        [
            new("summary", "Summary", Markup.Join(
            [
                SummarySection.Counts(results, board),
                FigureSection.Of(report, ..leading, interactive),
                SampleSection.Of([.. report.Sheets.Take(LeadingSheets)], 0),
                SummarySection.Best(board),
            ])),
            new("leaderboard", "Leaderboard", BoardSection.Of(board)),
            new("claims", "Claims", ClaimSection.Of(report.Claims)),
            new("tables", "Tables", TableSection.Of(report.Tables)),
            new("figures", "Figures", FigureSection.Of(report, leading.., interactive)),
            new("samples", "Samples", SampleSection.Of([.. report.Sheets.Skip(LeadingSheets)], report.Sheets.Take(LeadingSheets).Count())),
            new("failures", "Failures", FailureSection.Of(results)),
            new("provenance", "Provenance", ProvenanceSection.Of(report.Manifest, board, results.TakenFrom)),
        ];
    }

    private static Markup Section(PageSection section) => Markup.Of($"""
        <section id="{section.Id}" aria-labelledby="{section.Id}-title">
        <h2 id="{section.Id}-title">{section.Title}</h2>
        {section.Body}
        </section>

        """);

    private sealed record PageSection(string Id, string Title, Markup Body);
}

using System.Text;
using System.Text.Json.Nodes;
using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Vega;

namespace Dfx.Harness.Reporting.Html.Sections;

/// <summary>The figures: drawn by Vega-Lite where its scripts are in the page, else the pictures of the folder.</summary>
internal static class FigureSection
{
    /// <param name="report">What there is.</param>
    /// <param name="range">Which of its figures.</param>
    /// <param name="interactive">Whether the page has the scripts that draw.</param>
    internal static Markup Of(Report report, Range range, bool interactive)
    {
        var figures = report.Figures.Take(range).ToList();
        var shown = figures.Select(figure => interactive ? Interactive(figure) : Picture(figure, report.Picture(figure.Name))).Where(m => m.Text.Length > 0).ToList();
        return figures.Count == 0 ? Markup.None : Markup.Of($"""
            {Note(interactive, shown.Count)}<div class="figures">{shown}</div>
            """);
    }

    /// <summary>The specifications, in the order of the figures.</summary>
    internal static string Specs(IReadOnlyList<Figure> figures) => new JsonArray([.. figures.Select(VegaLite.Spec)]).ToJsonString();

    private static Markup Note(bool interactive, int shown) => (interactive, shown) switch
    {
        (true, _) => Markup.Of($"<p>Point at a mark for its numbers; choose a name in a legend to see it alone.</p>\n"),
        (_, 0) => Markup.Of($"<p>There is nothing to draw the figures with: the build found no npm for Vega-Lite, and no picture could be written. Their data lie in <code>figures/</code>.</p>\n"),
        _ => Markup.Of($"<p>These figures are pictures, because the build found no npm to get Vega-Lite with.</p>\n"),
    };

    private static Markup Interactive(Figure figure) => Framed(figure, Markup.Of($"<div class=\"plot\" data-figure></div>"), Markup.Of($"""
        <details class="data"><summary>The numbers of this figure</summary></details>
        """));

    private static Markup Picture(Figure figure, string? svg) => svg is null ? Markup.None : Framed(
        figure, Markup.Of($"<img alt=\"{figure.Title}\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}\">"), Markup.None);

    private static Markup Framed(Figure figure, Markup content, Markup after) => Markup.Of($"""
        <figure id="figure-{figure.Name}">
        <h3>{figure.Title}</h3>
        {content}
        <figcaption>{figure.Caption} Files: {Files(figure.Name)}.</figcaption>
        {after}
        </figure>

        """);

    private static Markup Files(string name) => new(string.Join(", ", ((string[])[.. FigureFile.Pictures, "csv"])
        .Select(ending => Markup.Of($"<a href=\"figures/{name}.{ending}\">{ending}</a>").Text)));
}

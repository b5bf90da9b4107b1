using Dfx.Data.Images;
using Dfx.Harness.Reporting.Figures.Samples;

namespace Dfx.Harness.Reporting.Html.Sections;

/// <summary>The sheets of samples and of analyses as tables of images, as many as fit into what a page may weigh.</summary>
internal static class SampleSection
{
    private const int MostBytes = 6_000_000;

    /// <param name="sheets">Those to show.</param>
    /// <param name="above">How many stand further up.</param>
    internal static Markup Of(IReadOnlyList<SampleSheet> sheets, int above)
    {
        List<Markup> shown = [];
        var bytes = 0;
        foreach (var sheet in sheets)
        {
            var markup = Sheet(sheet);
            if (bytes + markup.Text.Length > MostBytes)
            {
                break;
            }

            bytes += markup.Text.Length;
            shown.Add(markup);
        }

        var left = sheets.Count - shown.Count;
        return sheets.Count == 0 ? Markup.None : Markup.Of($"""
            {(above > 0 ? Markup.Of($"<p>The first stand at the top of the page.</p>\n") : Markup.None)}{shown}{(left > 0 ? Markup.Of($"<p>{left} more in <code>figures/</code>.</p>") : Markup.None)}
            """);
    }

    private static Markup Sheet(SampleSheet sheet) => Markup.Of($"""
        <h3>{sheet.Title}</h3>
        <div class="scroll" role="region" aria-label="Images: {sheet.Title}" tabindex="0"><table class="sheet">
        <caption>{sheet.Caption}</caption>
        <thead><tr><td></td>{sheet.Columns.Select(column => Markup.Of($"<th scope=\"col\">{sheet.ColumnTitle} {column}</th>"))}</tr></thead>
        <tbody>{sheet.Rows.Select(row => Row(sheet, row))}</tbody>
        </table></div>

        """);

    private static Markup Row(SampleSheet sheet, SheetRow row) =>
        Markup.Of($"<tr><th scope=\"row\">{row.Name}</th>{row.Images.Select((image, i) => Cell(image, $"{sheet.Shown} of {row.Name}, {sheet.ColumnTitle} {sheet.Columns[i]}"))}</tr>\n");

    private static Markup Cell(PixelImage? image, string name) => image is null
        ? Markup.Of($"<td>none</td>")
        : Markup.Of($"<td><img alt=\"{name}\" width=\"{image.Width}\" height=\"{image.Height}\" src=\"data:image/png;base64,{Convert.ToBase64String(Png.Encode(image))}\"></td>");
}

using Dfx.Harness.Reporting.Grids;

namespace Dfx.Harness.Reporting.Html.Sections;

/// <summary>Tables as papers have them.</summary>
internal static class TableSection
{
    internal static Markup Of(IReadOnlyList<Grid> tables) => Markup.Join(tables.Select(table => Markup.Of($"<h3>{table.Title}</h3>\n{GridMarkup.Of(table)}")));
}

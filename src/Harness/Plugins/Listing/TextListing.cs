using System.Text;

namespace Dfx.Harness.Plugins.Listing;

/// <summary>The listing for people: aligned text without colours, the same in a terminal and in a pipe.</summary>
internal static class TextListing
{
    internal static string Render(PluginCatalog catalog, string? noun)
    {
        var sections = new List<string>();
        if (Catalogue.HasPlugins(noun))
        {
            sections.Add(Section(Catalogue.Plugins, catalog.Assemblies.Select(Line)));
        }

        sections.AddRange(Catalogue.Kinds(noun).Select(k => Section(k.Noun, catalog.Of(k.Kind).SelectMany(Lines))));
        return string.Join(Environment.NewLine, sections);
    }

    private static string[] Line(PluginAssembly assembly) =>
    [
        assembly.Name, Catalogue.Word(assembly.State), assembly.Contract?.ToString(2) ?? "-",
        assembly.Reason ?? string.Join(", ", assembly.Types.Select(t => t.Label)), assembly.Path,
    ];

    private static IEnumerable<string[]> Lines(PluginType type) => type.Parameters.Select(Line)
        .Prepend([type.Id, Catalogue.Applies(type), type.Title, type.Paper, $"({type.File.Name})"]);

    private static string[] Line(ParameterCard parameter) =>
    [
        "  " + parameter.Name, Catalogue.Values(parameter), "= " + (parameter.Default ?? ParameterCard.NullText),
        parameter.Range ?? "", parameter.Description,
    ];

    /// <summary>A heading and rows, whose columns but the last are padded to their widest cell; a very wide one pushes the rest aside.</summary>
    private static string Section(string heading, IEnumerable<string[]> lines)
    {
        const int widest = 44;
        var rows = lines.ToList();
        var text = new StringBuilder(heading).AppendLine();
        if (rows.Count == 0)
        {
            return text.AppendLine("  none").ToString();
        }

        var widths = Enumerable.Range(0, rows[0].Length)
            .Select(c => Math.Min(widest, rows.Max(r => r[c].Length)))
            .ToArray();
        foreach (var row in rows)
        {
            text.AppendLine("  " + string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd());
        }

        return text.ToString();
    }
}

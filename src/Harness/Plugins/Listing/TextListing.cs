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
            sections.Add(Section(Catalogue.Plugins, catalog.Assemblies.SelectMany(Lines)));
        }

        sections.AddRange(Catalogue.Kinds(noun).Select(k => Section(k.Noun, catalog.Of(k.Kind).SelectMany(Lines))));
        return string.Join(Environment.NewLine, sections);
    }

    /// <summary>The DLL, and below it what it has or what is wrong with it.</summary>
    private static IEnumerable<string[]> Lines(PluginAssembly assembly)
    {
        string[] file = [assembly.Name, Catalogue.Word(assembly.State), assembly.Contract?.ToString(2) ?? "-", assembly.Path];
        var notes = assembly.Reason?.Split(PluginAssembly.Separator)
            ?? assembly.Types.OrderBy(t => t.Kind).GroupBy(t => t.Kind).Select(g => $"{KebabCase.Of(g.Key.ToString())}: {Ids(g)}");
        return notes.Select(n => (string[])["  " + n]).Prepend(file);
    }

    private static string Ids(IEnumerable<PluginType> types) => string.Join(", ", types.Select(t => t.Id).Order(StringComparer.Ordinal));

    private static IEnumerable<string[]> Lines(PluginType type) => type.Parameters.Select(Line)
        .Prepend([type.Id, Catalogue.Applies(type), type.Title, type.Paper, $"({type.File.Name})"]);

    private static string[] Line(ParameterCard parameter) =>
    [
        "  " + parameter.Name, Catalogue.Values(parameter), "= " + (parameter.Default ?? ParameterCard.NullText),
        parameter.Range ?? "", parameter.Inference ? $"[inference] {parameter.Description}" : parameter.Collects ? $"[collects] {parameter.Description}" : parameter.Description,
    ];

    /// <summary>A heading and rows. Columns are padded to their widest cell; a very wide cell, or a row of one, pushes nothing aside.</summary>
    private static string Section(string heading, IEnumerable<string[]> lines)
    {
        const int widest = 44;
        var rows = lines.ToList();
        var text = new StringBuilder(heading).AppendLine();
        if (rows.Count == 0)
        {
            return text.AppendLine("  none").ToString();
        }

        var full = rows.Where(r => r.Length == rows[0].Length).ToList();
        var widths = Enumerable.Range(0, rows[0].Length).Select(c => Math.Min(widest, full.Max(r => r[c].Length))).ToArray();
        foreach (var row in rows)
        {
            text.AppendLine("  " + string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd());
        }

        return text.ToString();
    }
}

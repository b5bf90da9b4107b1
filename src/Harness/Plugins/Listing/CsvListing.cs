using System.Text;

namespace Dfx.Harness.Plugins.Listing;

/// <summary>The listing for spreadsheets: one row a type and parameter, or, for DLLs, one row a DLL.</summary>
internal static class CsvListing
{
    private static readonly string[] s_types =
    [
        "kind", "id", "title", "paper", "applies-to", "plugin", "parameter", "type", "default", "range", "description", "inference", "collects",
    ];

    private static readonly string[] s_plugins = ["plugin", "state", "contract", "reason", "path"];

    internal static string Render(PluginCatalog catalog, string? noun) => noun == Catalogue.Plugins
        ? Table(s_plugins, catalog.Assemblies.Select(Row))
        : Table(s_types, Catalogue.Kinds(noun).SelectMany(k => catalog.Of(k.Kind)).SelectMany(Rows));

    private static string[] Row(PluginAssembly assembly) =>
        [assembly.Name, Catalogue.Word(assembly.State), assembly.Contract?.ToString(2) ?? "", assembly.Reason ?? "", assembly.Path];

    private static IEnumerable<string[]> Rows(PluginType type)
    {
        string[] card = [KebabCase.Of(type.Kind.ToString()), type.Id, type.Title, type.Paper, Catalogue.Applies(type), type.File.Name];
        return type.Parameters.Count == 0
            ? [[.. card, "", "", "", "", "", "", ""]]
            : type.Parameters.Select(p => (string[])
                [.. card, p.Name, Catalogue.Values(p), p.Default ?? ParameterCard.NullText, p.Range ?? "", p.Description, Word(p.Inference), Word(p.Collects)]);
    }

    private static string Table(string[] heading, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(heading))
        {
            text.Append(string.Join(',', row.Select(Quoted))).Append('\n');
        }

        return text.ToString();
    }

    private static string Word(bool flag) => flag ? "true" : "false";

    // RFC 4180.
    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dfx.Harness.Plugins.Listing;

/// <summary>The listing for programs: an object with one array a noun.</summary>
internal static class JsonListing
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Render(PluginCatalog catalog, string? noun)
    {
        var json = new JsonObject();
        if (Catalogue.HasPlugins(noun))
        {
            json[Catalogue.Plugins] = Array(catalog.Assemblies.Select(Of));
        }

        foreach (var (kind, name) in Catalogue.Kinds(noun))
        {
            json[name] = Array(catalog.Of(kind).Select(Of));
        }

        return json.ToJsonString(s_options) + Environment.NewLine;
    }

    private static JsonObject Of(PluginAssembly assembly) => new()
    {
        ["name"] = assembly.Name,
        ["state"] = Catalogue.Word(assembly.State),
        ["reason"] = assembly.Reason,
        ["contract"] = assembly.Contract?.ToString(2),
        ["path"] = assembly.Path,
    };

    private static JsonObject Of(PluginType type) => new()
    {
        ["id"] = type.Id,
        ["title"] = type.Title,
        ["paper"] = type.Paper,
        ["plugin"] = type.File.Name,
        ["type"] = type.TypeName,
        ["applies-to"] = Catalogue.Applies(type),
        ["parameters"] = Array(type.Parameters.Select(Of)),
    };

    private static JsonObject Of(ParameterCard parameter) => new()
    {
        ["name"] = parameter.Name,
        ["type"] = KebabCase.Of(parameter.Type.ToString()),
        ["nullable"] = parameter.Nullable,
        ["default"] = parameter.Default,
        ["range"] = parameter.Range,
        ["choices"] = Array(parameter.Choices.Select(c => (JsonNode)c)),
        ["description"] = parameter.Description,
        ["inference"] = parameter.Inference,
        ["collects"] = parameter.Collects,
    };

    private static JsonArray Array(IEnumerable<JsonNode> items) => [.. items];
}

using System.Text.Json.Serialization;
using Dfx.Harness.Plugins;

namespace Dfx.Harness.Planning;

/// <summary>A plugin type with its options, as a worker needs it.</summary>
/// <param name="Kind">Which interface it implements.</param>
/// <param name="Id">Its id.</param>
/// <param name="Type">The full name of the type.</param>
/// <param name="Assembly">The path of its assembly.</param>
/// <param name="Hash">The hash of the plugin's content.</param>
/// <param name="Options">Every option in canonical form.</param>
internal sealed record PluginRef(
    PluginKind Kind, string Id, string Type, string Assembly, string Hash, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>What of it decides a result: id, options and content. Values are escaped, so that none can look like another option.</summary>
    [JsonIgnore]
    internal string Part => $"{Id} {string.Join(' ', Options.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key}={Uri.EscapeDataString(o.Value)}"))} @{Hash}";
}

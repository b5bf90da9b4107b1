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
/// <param name="Inference">The names of those that change only how a trained model or correction is used; null if there are none.</param>
/// <param name="Collection">What a correction collects of its source; null if it collects nothing.</param>
internal sealed record PluginRef(
    PluginKind Kind, string Id, string Type, string Assembly, string Hash, IReadOnlyDictionary<string, string> Options, IReadOnlyList<string>? Inference = null,
    CollectionRef? Collection = null)
{
    /// <summary>Whether the host itself has it: its code is trusted, and hashed with the host's.</summary>
    [JsonIgnore]
    internal bool IsHosts => Path.GetDirectoryName(Assembly) == Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

    /// <summary>What of it decides a result, or of a method or correction what it trains: id, options and content.</summary>
    [JsonIgnore]
    internal string Part => $"{Id} {Words(o => !IsInference(o))} @{Hash}";

    /// <summary>What decides how the models of a method, or a trained correction, are used; empty if nothing does.</summary>
    [JsonIgnore]
    internal string InferencePart => Words(IsInference);

    /// <summary>What of it decides what is collected of its source: other corrections of the assembly may have the same.</summary>
    [JsonIgnore]
    internal string? CollectionPart => Collection is null ? null : $"{Collection.Word} {Words(Collection.Options.Contains)} @{Hash}";

    private bool IsInference(string option) => Inference?.Contains(option) == true;

    /// <summary>Values are escaped, so that none can look like another option.</summary>
    private string Words(Func<string, bool> wanted) => string.Join(' ', Options
        .Where(o => wanted(o.Key)).OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key}={Uri.EscapeDataString(o.Value)}"));
}

/// <summary>What a correction collects of its source before it is trained.</summary>
/// <param name="Word">What its card calls it.</param>
/// <param name="Options">The names of the options that decide it.</param>
internal sealed record CollectionRef(string Word, IReadOnlyList<string> Options);

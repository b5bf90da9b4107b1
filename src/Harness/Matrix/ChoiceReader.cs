using Dfx.Harness.Plugins;

namespace Dfx.Harness.Matrix;

/// <summary>
/// Reads entries that name a plugin type: <c>dsm</c>, or <c>{ method: dsm, with: { process: edm }, name: dsm-edm }</c>, with the <c>file</c> of the
/// plugin where several have the id.
/// </summary>
internal sealed class ChoiceReader(PluginCatalog catalog)
{
    private readonly ClaimedIds _claimed = new(catalog);

    /// <inheritdoc cref="ClaimedIds.Notes"/>
    internal IReadOnlyCollection<string> Notes => _claimed.Notes;

    /// <summary>Reads an entry of a kind and refuses keys that it does not know.</summary>
    internal Choice Read(PluginKind kind, YamlValue value) => Read(kind, value, out _);

    /// <summary>Reads an entry whose mapping may have more keys, which the caller takes from <paramref name="map"/> and finishes.</summary>
    internal Choice Open(PluginKind kind, YamlValue value, out YamlMap? map)
    {
        var noun = Noun(kind);
        map = value.IsMap ? value.Map() : null;
        var id = map?.Get(noun) ?? value;
        var type = _claimed.Resolve(kind, id, map?.Find("file")) ?? throw Unknown(kind, id);
        var given = map?.Find("with");
        var options = given is null ? type.ResolveOptions(new Dictionary<string, string>()) : Options(type, given);
        var name = map?.Find("name")?.Text();
        var choice = new Choice(type, options, name ?? Label(type, options));
        var trained = type.Trained(options);
        return type.Inference.Any() ? choice with { Trained = new(type, trained, name ?? Label(type, trained)) } : choice;
    }

    private Choice Read(PluginKind kind, YamlValue value, out YamlMap? map)
    {
        var choice = Open(kind, value, out map);
        map?.Finish();
        return choice;
    }

    internal static string Noun(PluginKind kind) => kind.ToString().ToLowerInvariant();

    private static IReadOnlyDictionary<string, string> Options(PluginType type, YamlValue with)
    {
        var map = with.Map();
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var card in type.Parameters)
        {
            if (map.Find(card.Name) is { } value)
            {
                given[card.Name] = card.TryParse(value.IsNull ? "null" : value.Text(), out var canonical, out var error)
                    ? canonical
                    : throw value.Place.Error($"{card.Name} of {type.Id} {error}");
            }
        }

        map.Finish();
        var options = type.ResolveOptions(given);
        return EmptyRange.Problem(type, options) is { } problem ? throw with.Place.Error(problem) : options;
    }

    /// <summary>The id, and what differs from the defaults: <c>dsm process=ve</c>.</summary>
    private static string Label(PluginType type, IReadOnlyDictionary<string, string> options) => Label(type, options, type.Id);

    /// <summary>A word, and what differs from the defaults.</summary>
    internal static string Label(PluginType type, IReadOnlyDictionary<string, string> options, string word)
    {
        var changed = type.Parameters.Where(p => options[p.Name] != (p.Default ?? "null")).Select(p => $"{p.Name}={options[p.Name]}");
        return string.Join(' ', changed.Prepend(word));
    }

    private UsageException Unknown(PluginKind kind, YamlValue id)
    {
        var noun = Noun(kind);
        var hint = catalog.Nearest(kind, id.Text()) is { } nearest ? $"the nearest is '{nearest}'" : $"no plugin has a {noun}";
        var unusable = catalog.Assemblies.Where(a => a.State is PluginState.Broken or PluginState.Refused && !a.IsUnpinned).Select(a => $"{a.Path}: {a.Reason}");
        var also = string.Join("; ", unusable) is { Length: > 0 } reasons ? $". Plugins that cannot be used: {reasons}" : "";
        return id.Place.Error($"there is no {noun} '{id.Text()}'; {hint} (dfx list shows all){also}");
    }
}

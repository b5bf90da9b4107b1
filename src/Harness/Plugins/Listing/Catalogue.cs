namespace Dfx.Harness.Plugins.Listing;

/// <summary>The nouns of <c>dfx list</c>, and how cards are put into words.</summary>
internal static class Catalogue
{
    /// <summary>The noun for DLLs.</summary>
    internal const string Plugins = "plugins";

    private static readonly (PluginKind Kind, string Noun)[] s_kinds =
    [
        (PluginKind.Method, "methods"), (PluginKind.Sampler, "samplers"), (PluginKind.Correction, "corrections"),
        (PluginKind.Dataset, "datasets"), (PluginKind.Metric, "metrics"), (PluginKind.Analysis, "analyses"), (PluginKind.Task, "tasks"),
    ];

    /// <summary>What can be asked for.</summary>
    internal static IEnumerable<string> Nouns => s_kinds.Select(k => k.Noun).Append(Plugins);

    /// <summary>The kinds that a noun means; all of them if there is no noun, none for DLLs.</summary>
    internal static IEnumerable<(PluginKind Kind, string Noun)> Kinds(string? noun) => s_kinds.Where(k => noun is null || k.Noun == noun);

    /// <summary>Whether a noun means DLLs, among others.</summary>
    internal static bool HasPlugins(string? noun) => noun is null or Plugins;

    /// <summary>A state in one word.</summary>
    internal static string Word(PluginState state) => KebabCase.Of(state.ToString());

    /// <summary>What a method trains, a sampler accepts, a metric compares or a correction collects, and what else its card declares; empty for other kinds.</summary>
    internal static string Applies(PluginType type) => type.Kind == PluginKind.Metric
        ? type.Metrics.ToString().ToLowerInvariant().Replace(",", "", StringComparison.Ordinal)
        : string.Join(' ', type.Models.Select(m => KebabCase.Of(m.ToString())).Concat(Traits(type)).Concat(type.Collection.Length > 0 ? [$"collects {type.Collection}"] : []));

    private static IEnumerable<string> Traits(PluginType type) => Enum.GetValues<PluginTraits>()
        .Where(trait => trait != PluginTraits.None && type.Traits.HasFlag(trait))
        .Select(trait => KebabCase.Of(trait.ToString()));

    /// <summary>The type of a parameter, with what may stand for it.</summary>
    internal static string Values(ParameterCard parameter) => (parameter.Choices.Count > 0
        ? string.Join('|', parameter.Choices)
        : parameter.Type.ToString().ToLowerInvariant()) + (parameter.Nullable ? "?" : "");
}

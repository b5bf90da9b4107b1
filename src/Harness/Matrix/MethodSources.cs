using Dfx.Harness.Plugins;

namespace Dfx.Harness.Matrix;

/// <summary>The models that methods build on.</summary>
internal static class MethodSources
{
    /// <summary>The entry, if it names a source exactly when its method needs one.</summary>
    internal static MethodEntry Checked(MethodEntry entry, Place place)
    {
        var needs = entry.Choice.Type.Traits.HasFlag(PluginTraits.NeedsSource);
        return (needs, entry.Source) switch
        {
            (true, null) => throw place.Error($"{entry.Choice.Label} builds on a trained model: name its method as 'source'"),
            (false, not null) => throw place.Error($"{entry.Choice.Label} builds on no other model: remove its 'source'"),
            (true, { Source: not null }) => throw place.Error($"the source of {entry.Choice.Label} itself builds on {entry.Source.Source.Choice.Label}; a source stands on its own"),
            _ => entry,
        };
    }
}

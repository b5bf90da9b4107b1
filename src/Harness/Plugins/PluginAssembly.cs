namespace Dfx.Harness.Plugins;

/// <summary>A DLL that was found, whatever became of it.</summary>
/// <param name="File">Where it lies.</param>
/// <param name="State">What became of it.</param>
/// <param name="Reason">Why it cannot be used; null if it can.</param>
/// <param name="Contract">The version of Dfx.Sdk that it was built for; null if it does not use it.</param>
/// <param name="Types">Its plugin types. Those of a broken DLL are listed as far as they could be read, and cannot be used.</param>
internal sealed record PluginAssembly(
    PluginFile File, PluginState State, string? Reason, Version? Contract, IReadOnlyList<PluginType> Types)
{
    /// <summary>What stands between several faults of one reason.</summary>
    internal const string Separator = " | ";

    /// <summary>Whether nothing is wrong with it but that another DLL has one of its ids.</summary>
    internal bool IsShadowed { get; init; }

    /// <summary>Whether it was refused because it is not among the pinned ones.</summary>
    internal bool IsUnpinned { get; init; }

    /// <summary>The file's name without its ending.</summary>
    internal string Name => File.Name;

    /// <summary>The DLL's full path; of a folder without its DLL, the folder's.</summary>
    internal string Path => File.Path;

    /// <summary>Whether its types can be used.</summary>
    internal bool Usable => State is PluginState.Ok or PluginState.BuiltIn;

    /// <inheritdoc cref="PluginFile.ContentHash"/>
    internal string ContentHash => File.ContentHash;
}

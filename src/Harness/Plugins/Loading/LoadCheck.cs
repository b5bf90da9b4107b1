using Dfx.Harness.Plugins.Discovery;
using Dfx.Harness.Plugins.Metadata;

namespace Dfx.Harness.Plugins.Loading;

/// <summary>What is asked of a plugin's other files before any of its code runs; the plugin's own DLL has passed when it was listed.</summary>
internal static class LoadCheck
{
    private static readonly string[] s_tensorLibraries = ["libtorch", "libc10", "libLibTorchSharp"];

    /// <exception cref="PluginException">A library of the plugin was built for something newer than this host, or it brings a libtorch.</exception>
    internal static void Pass(PluginFile plugin)
    {
        if ((Libraries(plugin) ?? TensorLibrary(plugin)) is { } refusal)
        {
            throw new PluginException(refusal);
        }
    }

    private static string? Libraries(PluginFile plugin)
    {
        using var files = new MetadataFiles();
        return files.Closure(plugin.Folder, [plugin.Name], follow: name => !SharedSet.Host.Contains(name))
            .Order(StringComparer.Ordinal)
            .Select(name => VersionRule.Refusal(files.Open(Path.Combine(plugin.Folder, name + ".dll"))!, SharedSet.Host) is { } refusal
                ? $"Plugin {plugin.Name}: its {name}.dll is {refusal}."
                : null)
            .FirstOrDefault(refusal => refusal is not null);
    }

    // A process can hold one libtorch: a second copy brings registries of its own, and tensors of one mean nothing to the other.
    private static string? TensorLibrary(PluginFile plugin) => NativeNeighbours.Libraries(plugin.Folder)
        .FirstOrDefault(path => Array.Exists(s_tensorLibraries, name => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal))) is { } path
            ? $"Plugin {plugin.Name} brings a libtorch of its own, {path}: "
                + "a process can hold only the host's. Build it with the tensor library as a reference that is not copied."
            : null;
}

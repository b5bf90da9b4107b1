using System.Security.Cryptography;
using System.Text;
using Dfx.Harness.Plugins.Loading;
using Dfx.Harness.Plugins.Metadata;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Plugins;

/// <summary>Which files make a plugin, and their hash.</summary>
internal static class PluginContent
{
    /// <summary>The hash of <see cref="PluginFile.ContentHash"/>.</summary>
    internal static string Hash(PluginFile plugin) => Hash(Files(plugin));

    /// <summary>The same with the native libraries that a bare DLL finds beside it: all that it may load code from by its name.</summary>
    internal static string CodeHash(PluginFile plugin) => Hash(plugin.OwnsFolder
        ? Files(plugin)
        : Files(plugin).Concat(NativeNeighbours.Libraries(plugin.Folder).Select(path => Named(plugin, path))).Distinct());

    private static string Hash(IEnumerable<(string Name, string Path)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, path) in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            using var stream = File.OpenRead(RegularFile.Checked(path));
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0"));
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The plugin's files, by their paths from its folder: all of its own folder but what only reports are made of, or a bare DLL
    /// with what it needs beside it.</summary>
    internal static IEnumerable<(string Name, string Path)> Files(PluginFile plugin)
    {
        var paths = plugin.OwnsFolder
            ? Directory.EnumerateFiles(plugin.Folder, "*", SearchOption.AllDirectories).Where(path => !DefinitionFiles.Has(plugin.Folder, path))
            : Neighbours(plugin).Order(StringComparer.Ordinal).SelectMany(name => Named(plugin.Folder, name));
        return paths.Select(path => Named(plugin, path));
    }

    private static (string Name, string Path) Named(PluginFile plugin, string path) => (Path.GetRelativePath(plugin.Folder, path).Replace('\\', '/'), path);

    /// <summary>X.dll, X.deps.json, X.pdb and the like.</summary>
    private static IEnumerable<string> Named(string folder, string name) => Directory.EnumerateFiles(folder, name + ".*")
        .Where(p => Path.GetFileNameWithoutExtension(p) == name || Path.GetFileName(p) == name + ".deps.json");

    /// <summary>A bare DLL and the private ones that it references, directly or not, that lie beside it.</summary>
    private static HashSet<string> Neighbours(PluginFile plugin)
    {
        using var files = new MetadataFiles();
        return files.Closure(plugin.Folder, [plugin.Name], follow: name => !SharedSet.Host.Contains(name));
    }
}

using System.Runtime.InteropServices;

namespace Dfx.Harness.Plugins.Loading;

/// <summary>
/// Native libraries of a plugin that need others beside them. The system looks beside a library only if that says so (<c>$ORIGIN</c> in its run
/// path), and few do; but it takes what the process has loaded already under the name that is asked for. So those others are loaded first.
/// </summary>
internal static class NativeNeighbours
{
    // The runtime of a distribution calls itself after that, packages do not.
    private const string Platform = "linux-x64";

    /// <summary>A plugin's native libraries, where .NET looks for them.</summary>
    internal static IEnumerable<string> Libraries(string folder) =>
        new[] { folder, Path.Combine(folder, "runtimes", Platform, "native") }
            .Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.so*"))
            .Order(StringComparer.Ordinal);

    /// <summary>Loads what a plugin's native libraries need and the system would not find.</summary>
    internal static void Load(string folder)
    {
        foreach (var library in Libraries(folder))
        {
            LoadNeedsOf(library, []);
        }
    }

    private static void LoadNeedsOf(string library, HashSet<string> seen)
    {
        var folder = Path.GetDirectoryName(library)!;
        var beside = ElfNeeds.Of(library).Where(name => !name.Contains('/', StringComparison.Ordinal)).Select(name => Path.Combine(folder, name));
        foreach (var path in beside.Where(path => File.Exists(path) && seen.Add(path)))
        {
            // What the system finds by name, it will find again. What cannot be loaded is the error of the library that needs it, when that is used.
            if (!NativeLibrary.TryLoad(Path.GetFileName(path), out _))
            {
                LoadNeedsOf(path, seen);
                NativeLibrary.TryLoad(path, out _);
            }
        }
    }
}

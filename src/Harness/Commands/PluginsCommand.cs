using System.CommandLine;
using Dfx.Harness.Plugins;
using Dfx.Harness.Plugins.Trust;

namespace Dfx.Harness.Commands;

/// <summary><c>dfx plugins pin</c>: writes down which plugins may run under <c>plugins: { trust: pinned }</c>.</summary>
internal static class PluginsCommand
{
    internal static Command Create()
    {
        var names = new Argument<string[]>("NAME") { Arity = ArgumentArity.ZeroOrMore, Description = "Plugins by the names of their DLLs; all that can be used if left out, and no other stays pinned." };
        var folders = new Option<string[]>("--plugins")
        {
            Description = "Folders to look for plugins in, instead of plugins/ and artifacts/plugins/ of the checkout.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "DIR",
        };
        var file = new Option<string>("--file")
        {
            Description = $"The file that is written, by default {PluginTrust.FileName} of the checkout.",
            DefaultValueFactory = _ => Path.Combine(PluginFolders.Root, PluginTrust.FileName),
            HelpName = "FILE",
        };
        var pin = new Command(
            "pin",
            """
            Writes the names of plugins and the SHA-256 of their files into a file.

            A matrix with 'plugins: { trust: pinned }' loads these and no others: a plugin is code with your rights.

            Example: ./dfx plugins pin MyMethod
            """)
        {
            names, folders, file,
        };
        pin.SetAction(r => Fault.Guard(() => Pin(r.GetValue(names) ?? [], r.GetValue(folders) ?? [], r.GetValue(file)!, Console.Out), Console.Error));
        return new("plugins", "Says which plugins may run.\n\nExample: ./dfx plugins pin") { pin };
    }

    /// <summary>Pins plugins, and says a line about each.</summary>
    /// <exception cref="UsageException">A name is no plugin's, or a file cannot be read.</exception>
    internal static int Pin(IReadOnlyList<string> names, IReadOnlyList<string> folders, string path, TextWriter output)
    {
        var catalog = PluginCatalog.Discover(folders.Count > 0 ? folders : PluginFolders.Default(), PluginFolders.HostAssemblies());
        var known = catalog.Assemblies.Where(a => a.State != PluginState.BuiltIn && (a.Usable || a.IsShadowed)).ToList();
        if (names.FirstOrDefault(name => known.TrueForAll(a => a.Name != name)) is { } missing)
        {
            throw new UsageException($"there is no plugin '{missing}' that can be used; './dfx list plugins' shows all and what is wrong with them");
        }

        var before = File.Exists(path) ? PluginPins.Read(path) : null;
        var pinned = known.Where(a => names.Count == 0 || names.Contains(a.Name)).Select(a => (a.Name, Hash: Required(a), a.Path)).ToList();
        foreach (var (name, hash, dll) in pinned)
        {
            var what = before?.Hashes[name].Contains(hash) == true ? "as before" : before?.Hashes.Contains(name) == true ? "changed" : "new";
            output.WriteLine($"{hash}  {name}  {what}, {dll}");
        }

        var kept = names.Count == 0 ? [] : (before?.Hashes ?? Enumerable.Empty<(string, string)>().ToLookup(p => p.Item1, p => p.Item2))
            .Where(pins => !names.Contains(pins.Key)).SelectMany(pins => pins.Select(hash => (pins.Key, hash)));
        PluginPins.Write(path, [.. kept, .. pinned.Select(pin => (pin.Name, pin.Hash))]);
        output.WriteLine(path);
        return 0;
    }

    private static string Required(PluginAssembly plugin) =>
        PluginPins.Hash(plugin.File) ?? throw new UsageException($"the files of {plugin.Path} cannot all be read, so it cannot be pinned");
}

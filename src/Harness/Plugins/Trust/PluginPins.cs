using System.Text;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Plugins.Trust;

/// <summary>A file of pinned plugins: a SHA-256 and a name a line, as <c>dfx plugins pin</c> writes it. Lines that start with # are for people.</summary>
/// <param name="Path">The file.</param>
/// <param name="Hashes">The pinned hashes of each name.</param>
internal sealed record PluginPins(string Path, ILookup<string, string> Hashes)
{
    private const int HashLength = 64;
    private const string Head = "# Plugins that may run where a matrix says 'plugins: { trust: pinned }'. Written by dfx plugins pin.\n";

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It cannot be read, or a line is none of such a file.</exception>
    internal static PluginPins Read(string path)
    {
        try
        {
            var lines = File.ReadAllLines(RegularFile.Checked(path)).Index().Where(line => line.Item.Trim() is { Length: > 0 } text && text[0] != '#');
            return new(path, lines.Select(line => Entry(path, line.Index + 1, line.Item.Trim())).ToLookup(pin => pin.Name, pin => pin.Hash, StringComparer.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}, the file of pinned plugins, cannot be read ({e.Message}): './dfx plugins pin --file {path}' writes it", e);
        }
    }

    /// <summary>Writes a file: names and hashes, sorted.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal static void Write(string path, IEnumerable<(string Name, string Hash)> pins)
    {
        var lines = pins.Distinct().OrderBy(pin => pin.Name, StringComparer.Ordinal).ThenBy(pin => pin.Hash, StringComparer.Ordinal).Select(pin => $"{pin.Hash}  {pin.Name}\n");
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(Head + string.Concat(lines))));
    }

    /// <summary>Why a plugin is not loaded, with what to do; null if it is pinned as it is.</summary>
    internal string? Refusal(PluginFile plugin)
    {
        var hash = Hash(plugin);
        if (hash is not null && Hashes[plugin.Name].Contains(hash))
        {
            return null;
        }

        var what = hash is null ? "its files cannot be read" : Hashes.Contains(plugin.Name) ? $"it is another one than was pinned (SHA-256 {hash})" : $"it is not pinned (SHA-256 {hash})";
        return $"{what}: if you trust this code, './dfx plugins pin {plugin.Name} --plugins {PluginsOf(plugin)} --file {Path}' takes it in";
    }

    /// <summary>What is pinned of a plugin: the hash of all files that it may load code from; null if one cannot be read.</summary>
    internal static string? Hash(PluginFile plugin)
    {
        try
        {
            return PluginContent.CodeHash(plugin);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return null;
        }
    }

    private static string PluginsOf(PluginFile plugin) => plugin.OwnsFolder ? System.IO.Path.GetDirectoryName(plugin.Folder)! : plugin.Folder;

    private static (string Name, string Hash) Entry(string path, int line, string text)
    {
        var parts = text.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts is [{ Length: HashLength } hash, { } name] && hash.All(char.IsAsciiHexDigit)
            ? (name, hash.ToLowerInvariant())
            : throw new UsageException($"{path}:{line}: expected a SHA-256 of 64 hexadecimal digits and the name of a plugin, not '{text}'");
    }
}

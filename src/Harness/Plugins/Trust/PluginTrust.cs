using Dfx.Harness.Matrix;

namespace Dfx.Harness.Plugins.Trust;

/// <summary>
/// Which plugins a matrix lets run: <c>plugins: { trust: all }</c>, or <c>{ trust: pinned, file: plugins.sha256 }</c>. A plugin is code with the rights of whoever
/// starts the run, so what lies in a folder of plugins need not be what its owner put there.
/// </summary>
internal static class PluginTrust
{
    internal const string Key = "plugins";

    /// <summary>The file of a checkout, where a matrix names none.</summary>
    internal const string FileName = "plugins.sha256";

    private const string All = "all";
    private const string Pinned = "pinned";

    /// <summary>The pins of a matrix file, before any plugin is looked at; null if it trusts all plugins.</summary>
    /// <exception cref="UsageException">The file or its pins cannot be read, or what it says of them is wrong.</exception>
    internal static PluginPins? Of(string matrix) => YamlFile.Read(matrix, "the matrix").Map().Find(Key) is { } value ? Read(value) : null;

    /// <inheritdoc cref="Of"/>
    /// <param name="value">What stands under the key.</param>
    internal static PluginPins? Read(YamlValue value)
    {
        var map = value.Map();
        var trust = map.Get("trust");
        var file = map.Find("file");
        map.Finish();
        return trust.Text() switch
        {
            Pinned => PluginPins.Read(file is null ? Path.Combine(PluginFolders.Root, FileName) : Path.Combine(Folder(value), file.Text())),
            All when file is null => null,
            All => throw file.Place.Error($"file is for 'trust: {Pinned}'"),
            _ => throw trust.Wrong($"{All} or {Pinned}"),
        };
    }

    private static string Folder(YamlValue value) => Path.GetDirectoryName(Path.GetFullPath(value.File))!;
}

namespace Dfx.Harness.Plugins;

/// <summary>Where a plugin lies.</summary>
/// <param name="Path">The DLL's full path.</param>
/// <param name="OwnsFolder">Whether the whole folder is the plugin's; otherwise it is a bare DLL among others.</param>
internal sealed record PluginFile(string Path, bool OwnsFolder)
{
    /// <summary>The file's name without its ending.</summary>
    internal string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The folder that it lies in.</summary>
    internal string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>
    /// A SHA-256 over the names and bytes of the plugin's files, as 64 hexadecimal digits; no times. It reads all of them at every call.
    /// </summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal string ContentHash => PluginContent.Hash(this);
}

using Dfx.Sdk;

namespace Dfx.Data.Archives;

/// <summary>Names in archives: only those that stay below the archive's root are taken.</summary>
internal static class EntryName
{
    private const int MaxLength = 1024;
    private const string Icon = "Icon\r";

    /// <summary>The name with '/' between folders and without a leading './'.</summary>
    /// <exception cref="DataUnavailableException">It is absolute, leads out of the archive, or has characters that no file name has.</exception>
    public static string Checked(string name, string archive)
    {
        var clean = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        var slashes = clean.Replace('\\', '/');
        return !IsBelow(slashes)
            ? throw new DataUnavailableException(
                $"{archive}: an entry is named {Quoted(name)}; expected a path below the archive's root. The archive is damaged or hostile.")
            : slashes == clean
                ? clean
                : throw new DataUnavailableException(
                    $"{archive}: an entry is named {Quoted(name)}: some programs for Windows write backslashes between folders. Unpack it and name the folder.");
    }

    /// <summary>
    /// Whether all backslashes of an archive's names stand between folders: no name has a slash. Compress-Archive of Windows PowerShell 5 and .NET
    /// Framework before 4.6.1 write such archives.
    /// </summary>
    /// <remarks>Source: Microsoft, "Mitigation: ZipArchiveEntry.FullName Path Separator", .NET Framework 4.6.1.</remarks>
    public static bool AreWindows(IEnumerable<string> names) => !names.Any(name => name.Contains('/', StringComparison.Ordinal));

    /// <summary>The file, or the folder that it lies in, that is there for the archiver or the desktop alone; null if none is.</summary>
    public static string? Hidden(string name)
    {
        var parts = name.Split('/');
        var first = parts.Length > 1 && parts[0] == "__MACOSX" ? 0 : Array.FindIndex(parts, part => part.StartsWith('.') || IsIcon(part));
        return first < 0 ? null : string.Join('/', parts[..(first + 1)]);
    }

    /// <summary>Whether a file is the picture of its folder in macOS: the name ends with a carriage return.</summary>
    public static bool IsIcon(ReadOnlySpan<char> name) => name.SequenceEqual(Icon);

    /// <summary>What to say of hidden files and folders; nothing if there are none.</summary>
    public static IReadOnlyList<LeftOut> HiddenItems(IReadOnlyCollection<string> hidden) =>
        hidden.Count == 0 ? [] : [new(hidden.Count, "hidden item", LeftOut.Few(hidden), "an archiver's or a desktop's")];

    private static bool IsBelow(string name) => name.Length is > 0 and <= MaxLength
        && name.Split('/') is var parts && !parts.Any(part => part is "" or "." or ".." || (part.Any(char.IsControl) && !IsIcon(part)));

    private static string Quoted(string name) => $"'{new string([.. name.Take(80).Select(c => char.IsControl(c) ? '?' : c)])}'";
}

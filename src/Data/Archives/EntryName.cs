using Dfx.Sdk;

namespace Dfx.Data.Archives;

/// <summary>Names in archives: only those that stay below the archive's root are taken.</summary>
internal static class EntryName
{
    private const int MaxLength = 1024;

    /// <summary>The name with '/' between folders and without a leading './'.</summary>
    /// <exception cref="DataUnavailableException">It is absolute, leads out of the archive, or has characters that no file name has.</exception>
    public static string Checked(string name, string archive)
    {
        var clean = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        var parts = clean.Split('/');
        return clean.Length is > 0 and <= MaxLength && !clean.Contains('\\', StringComparison.Ordinal) && !clean.Any(char.IsControl)
            && !parts.Contains("..") && !parts.Contains(".") && !parts.Contains("")
            ? clean
            : throw new DataUnavailableException(
                $"{archive}: an entry is named {Quoted(name)}; expected a path below the archive's root. The archive is damaged or hostile.");
    }

    /// <summary>Whether a file is there for the archiver or the desktop alone.</summary>
    public static bool IsHidden(string name) =>
        name.StartsWith("__MACOSX/", StringComparison.Ordinal) || name.Split('/').Any(part => part.StartsWith('.'));

    private static string Quoted(string name) => $"'{new string([.. name.Take(80).Select(c => char.IsControl(c) ? '?' : c)])}'";
}

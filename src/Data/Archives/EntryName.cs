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

    /// <summary>The file, or the folder that it lies in, that is there for the archiver or the desktop alone; null if none is.</summary>
    public static string? Hidden(string name)
    {
        var parts = name.Split('/');
        var first = parts.Length > 1 && parts[0] == "__MACOSX" ? 0 : Array.FindIndex(parts, part => part.StartsWith('.'));
        return first < 0 ? null : string.Join('/', parts[..(first + 1)]);
    }

    /// <summary>What to say of hidden files and folders; nothing if there are none.</summary>
    public static IReadOnlyList<LeftOut> HiddenItems(IReadOnlyCollection<string> hidden) =>
        hidden.Count == 0 ? [] : [new(hidden.Count, "hidden item", LeftOut.Few(hidden), "an archiver's or a desktop's")];

    private static string Quoted(string name) => $"'{new string([.. name.Take(80).Select(c => char.IsControl(c) ? '?' : c)])}'";
}

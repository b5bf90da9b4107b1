namespace Dfx.Numerics.Files;

/// <summary>What writes of processes that were killed left behind: the drafts of <see cref="AtomicFile"/>, which never got their names.</summary>
public static class Leftovers
{
    /// <summary>A draft that was written to more lately than this may be one that its process has made and not locked yet.</summary>
    private static readonly TimeSpan s_young = TimeSpan.FromMinutes(10);

    private const string Ending = ".tmp";
    private const int HexDigits = 32;

    /// <summary>Removes the drafts of a folder. Those that a process is at work on are locked by it, and stay; links are no drafts.</summary>
    /// <param name="folder">The folder; one that is missing has none.</param>
    /// <param name="below">Whether folders below it are looked through too, but none behind a link.</param>
    /// <returns>How many were removed.</returns>
    public static int Sweep(string folder, bool below = false)
    {
        try
        {
            var paths = below ? Links.FilesBelow(folder, ".*" + Ending) : Beside(folder);
            return paths.Where(path => IsDraft(Path.GetFileName(path))).ToList().Count(Remove);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be read has nothing that is in anybody's way.
            return 0;
        }
    }

    /// <summary>The name of a file's draft.</summary>
    internal static string Draft(string name) => $".{name}.{Guid.NewGuid():N}{Ending}";

    /// <summary>Whether a name is one that <see cref="Draft"/> gives.</summary>
    internal static bool IsDraft(string name)
    {
        var middle = name.Length - Ending.Length - HexDigits;
        return middle > 2 && name[0] == '.' && name[middle - 1] == '.' && name.EndsWith(Ending, StringComparison.Ordinal)
            && name.Substring(middle, HexDigits).All(char.IsAsciiHexDigitLower);
    }

    private static IEnumerable<string> Beside(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, ".*" + Ending, new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, MatchType = MatchType.Simple })
        : [];

    /// <summary>Clocks may have been put back since, so a draft of the future is old too.</summary>
    private static bool Remove(string path)
    {
        try
        {
            if ((DateTime.UtcNow - File.GetLastWriteTimeUtc(path)).Duration() < s_young)
            {
                return false;
            }

            using var own = new FileStream(RegularFile.Checked(path), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its process is at work on it, or it is somebody else's.
            return false;
        }
    }
}

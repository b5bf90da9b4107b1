namespace Dfx.Numerics.Files;

/// <summary>
/// Symbolic links below the folders that Dfx manages. What lies behind one belongs to somebody else: nothing is deleted, moved, written or copied
/// through it. The managed folder itself may be a link.
/// </summary>
public static class Links
{
    // Hidden files too; a link that is not listed is not entered either.
    private static readonly EnumerationOptions s_all = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        MatchType = MatchType.Simple,
        IgnoreInaccessible = false,
    };

    /// <summary>The files below a folder, but neither links nor what lies behind them.</summary>
    /// <param name="folder">A folder, or a link to one; one that is missing has no files.</param>
    /// <param name="pattern">Which names, with * and ?.</param>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static IEnumerable<string> FilesBelow(string folder, string pattern = "*") =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern, s_all) : [];

    /// <summary>Makes a folder below a managed one, if it is not there.</summary>
    /// <param name="root">The managed folder, which exists.</param>
    /// <param name="path">A path below it.</param>
    /// <returns>The path.</returns>
    /// <exception cref="IOException">A folder between the two is a link, or cannot be made.</exception>
    public static string MakeFolder(string root, string path)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        foreach (var name in Path.GetRelativePath(folder, Path.GetFullPath(path)).Split(Path.DirectorySeparatorChar).Where(name => name != "."))
        {
            folder = Path.Combine(folder, name);
            Refuse(folder);
            Directory.CreateDirectory(folder);
        }

        return path;
    }

    /// <summary>Refuses to touch what is a link.</summary>
    /// <exception cref="IOException">It is one; the message is that of <see cref="Problem"/>.</exception>
    public static void Refuse(string path)
    {
        if (Problem(path) is { } problem)
        {
            throw new IOException(problem);
        }
    }

    /// <summary>Why nothing is written to a path: it is a link. Null if it is none.</summary>
    public static string? Problem(string path) => new FileInfo(path).LinkTarget is { } target
        ? $"{path} is a link to {target}: Dfx changes nothing behind links there; remove the link, or put what it leads to in its place"
        : null;
}

namespace Dfx.Numerics.Files;

/// <summary>
/// Whether a path leads to a regular file. Opening a named pipe waits until somebody writes to it, and a device may have no end: whoever reads files that
/// others made asks here first.
/// </summary>
public static class RegularFile
{
    private const int TypeMask = 0xF000; // S_IFMT

    /// <summary>What a path leads to that is neither a regular file nor a folder, such as "a named pipe"; null if it is one of the two, or nothing is there.</summary>
    /// <param name="path">The path; links are followed.</param>
    public static string? Other(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return !OperatingSystem.IsLinux() ? null : (FileFacts.Of<ushort>(FileFacts.Mode, path, follow: true) & TypeMask) switch
        {
            0x1000 => "a named pipe",
            0x2000 => "a device of characters",
            0x6000 => "a device of blocks",
            0xC000 => "a socket",
            _ => null,
        };
    }

    /// <summary>The path itself, for whoever opens it next.</summary>
    /// <param name="path">The path; links are followed. One where nothing is passes: opening it says so.</param>
    /// <exception cref="IOException">It leads to a named pipe, a socket or a device.</exception>
    public static string Checked(string path) => Other(path) is { } other
        ? throw new IOException($"{path} is {other}, and only regular files are read: copy what it holds into a file, and name that")
        : path;
}

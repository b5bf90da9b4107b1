namespace Dfx.Harness.Execution.Host;

/// <summary>What a process printed last: where native code ended it, nothing else tells why.</summary>
internal static class LastWords
{
    private const int MostLines = 3;
    private const int MostLetters = 400;

    // What begins the message of a C++ runtime and of .NET's own; stack frames and memory maps may follow.
    private static readonly string[] s_beginnings = ["terminate called", "Fatal error", "Unhandled exception", "Process terminated", "free(): ", "double free", "malloc(): "];

    /// <summary>The message that ends a text, or else its last lines, in one line; null if the text is empty.</summary>
    internal static string? Of(string text)
    {
        var lines = NativeErrors.WithoutFrames(text).Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith("at ", StringComparison.Ordinal)).ToList();
        var begin = lines.FindLastIndex(line => s_beginnings.Any(b => line.StartsWith(b, StringComparison.Ordinal)));
        var said = string.Join(" | ", begin >= 0 ? lines.Skip(begin).Take(MostLines) : lines.TakeLast(MostLines));
        return said.Length > MostLetters ? said[..MostLetters] + "…" : said.Length > 0 ? said : null;
    }
}

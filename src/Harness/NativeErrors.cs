namespace Dfx.Harness;

/// <summary>What people need of libtorch's errors: the operation and the shapes, and not the C++ frames that follow.</summary>
internal static class NativeErrors
{
    // c10::Error::what() of libtorch 2.10: the message, "Exception raised from FUNCTION at FILE:LINE (most recent call first):", "frame #0: …".
    private const string Frames = "Exception raised from ";
    private const string Frame = "frame #";

    /// <summary>The text without lines that tell of C++ frames.</summary>
    internal static string WithoutFrames(string text) => text.Contains(Frame, StringComparison.Ordinal) || text.Contains(Frames, StringComparison.Ordinal)
        ? string.Join('\n', text.Split('\n').Where(line => !IsFrame(line.TrimStart())))
        : text;

    /// <summary>The first line that says something.</summary>
    internal static string FirstLine(string text) =>
        WithoutFrames(text).Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";

    private static bool IsFrame(string line) =>
        line.StartsWith(Frames, StringComparison.Ordinal) || line.StartsWith(Frame, StringComparison.Ordinal);
}

namespace Dfx.Harness.Reporting.Definitions;

/// <summary>Patterns of words: <c>*</c> stands for any text, and a leading <c>!</c> for everything else.</summary>
internal static class Glob
{
    internal static bool Matches(string pattern, string text) =>
        pattern.StartsWith('!') ? !Like(pattern.AsSpan(1), text) : Like(pattern, text);

    private static bool Like(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var star = pattern.IndexOf('*');
        if (star < 0)
        {
            return pattern.SequenceEqual(text);
        }

        if (!text.StartsWith(pattern[..star], StringComparison.Ordinal))
        {
            return false;
        }

        // Where the text after the star may begin: at every place, nothing else is known.
        for (var start = star; start <= text.Length; start++)
        {
            if (Like(pattern[(star + 1)..], text[start..]))
            {
                return true;
            }
        }

        return false;
    }
}

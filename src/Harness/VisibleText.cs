using System.Text;

namespace Dfx.Harness;

/// <summary>
/// Text in which a terminal finds nothing to obey: names of files and labels, messages of plugins and records of other machines may hold control characters,
/// which move the cursor, change colours, set titles and rewrite lines that were printed before.
/// </summary>
internal static class VisibleText
{
    private const char Pictures = '\u2400'; // SYMBOL FOR NULL; the others follow in the order of their codes
    private const char Delete = '\u007f';
    private const char DeletePicture = '\u2421';

    /// <summary>The text with a sign in the place of each control character: ␛ for escape, ␍ for a carriage return. Tabs and line feeds stay, with the return before them.</summary>
    internal static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.AsSpan().ContainsAnyInRange(Delete, '\u009f'))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            shown.Append(text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? "\r" : Of(text[i]));
        }

        return shown.ToString();
    }

    /// <summary>A character's sign; itself if it is no control character, a tab or a line feed.</summary>
    internal static string Of(char c) => c switch
    {
        '\t' or '\n' => c.ToString(),
        < ' ' => ((char)(Pictures + c)).ToString(),
        Delete => DeletePicture.ToString(),
        > Delete and <= '\u009f' => $"<U+{(int)c:X4}>",
        _ => c.ToString(),
    };
}

/// <summary>Passes text on as <see cref="VisibleText"/> shows it.</summary>
/// <param name="inner">Where to.</param>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(VisibleText.Of(value));

    public override void Write(string? value) => inner.Write(value is null ? null : VisibleText.Of(value));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    // In one call, so that lines of several threads do not mix.
    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : VisibleText.Of(value));

    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override void Flush() => inner.Flush();
}

using System.Text;

namespace Dfx.Numerics.Files;

/// <summary>A file and possibly a part of it, so that every error names both.</summary>
/// <param name="Path">The file.</param>
/// <param name="Part">The part in words, as in <c>tensor 'a'</c>; null for the file as a whole.</param>
internal sealed record FilePlace(string Path, string? Part = null)
{
    private const int ShownLength = 120;

    public TensorFileException Error(string problem, Exception? inner = null) =>
        new(Path, Part is null ? problem : $"{Part}: {problem}", inner);

    /// <summary>The place of one named part.</summary>
    public FilePlace Of(string kind, string name) => this with { Part = $"{kind} {Quote(name)}" };

    /// <summary>Text of a file for a message: cut when long, and without characters that would garble a terminal.</summary>
    public static string Quote(string text)
    {
        var shown = new StringBuilder("'");
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, ShownLength)))
        {
            shown.Append(char.IsControl(c) || char.IsSurrogate(c) ? '?' : c);
        }

        return shown.Append(text.Length > ShownLength ? "…'" : "'").ToString();
    }
}

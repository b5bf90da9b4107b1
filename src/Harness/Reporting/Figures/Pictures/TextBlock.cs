using System.Text;

namespace Dfx.Harness.Reporting.Figures.Pictures;

/// <summary>A text as lines that fit into a width.</summary>
/// <param name="Lines">At least one; a text without characters has one without any. Their signs stand as they are drawn (<see cref="VisualText"/>).</param>
internal sealed record TextBlock(IReadOnlyList<string> Lines)
{
    private const int MostLines = 4;
    private const string More = "…";

    internal string Text => string.Join('\n', Lines);

    internal double Width => Lines.Max(FigureFont.Width);

    internal double Height => Text.Length == 0 ? 0 : Lines.Count * FigureFont.Line;

    /// <summary>Breaks a text after spaces and signs, and within words that are wider than a line. What is beyond a few lines is left out.</summary>
    internal static TextBlock Of(string text, double width)
    {
        List<string> lines = [""];
        foreach (var word in Words(text).SelectMany(word => FigureFont.Width(word.TrimEnd()) <= width ? [word] : Pieces(word)))
        {
            if (lines[^1].Length > 0 && FigureFont.Width((lines[^1] + word).TrimEnd()) > width)
            {
                lines.Add("");
            }

            lines[^1] += word;
        }

        return new([.. lines.Take(MostLines)
            .Select((line, i) => i == MostLines - 1 && lines.Count > MostLines ? Shortened(line.TrimEnd(), width) : line.TrimEnd())
            .Select(VisualText.Of)]);
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            word.Append(Rune.IsControl(rune) ? " " : rune.ToString());
            if (word[^1] is ' ' or '-' or '_' or ',' or '/' or '+' or '=')
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        yield return word.ToString();
    }

    private static IEnumerable<string> Pieces(string word) => word.EnumerateRunes().Select(rune => rune.ToString());

    private static string Shortened(string line, double width)
    {
        var runes = line.EnumerateRunes().ToList();
        while (runes.Count > 0 && FigureFont.Width(string.Concat(runes) + More) > width)
        {
            runes.RemoveAt(runes.Count - 1);
        }

        return string.Concat(runes) + More;
    }
}

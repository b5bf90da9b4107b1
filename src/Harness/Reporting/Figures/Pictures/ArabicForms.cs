using System.Collections.Frozen;
using System.Text;

namespace Dfx.Harness.Reporting.Figures.Pictures;

/// <summary>
/// Arabic letters as they look beside each other, by the Unicode block Arabic Presentation Forms-B and the Persian letters of block A: alone, at the
/// end, at the beginning or within. What draws pictures joins none by itself.
/// </summary>
internal static class ArabicForms
{
    private const char Lam = '\u0644';
    private const char Tatweel = '\u0640';

    // Letters that join on both sides have four forms from their first on: alone, end, beginning, within. The others have two.
    private static readonly FrozenDictionary<char, (char First, bool Joins)> s_letters = Letters().ToFrozenDictionary(l => l.Letter, l => (l.First, l.Joins));

    // Lam and an alef are one sign.
    private static readonly FrozenDictionary<char, char> s_lamAlef = new Dictionary<char, char>
    {
        ['\u0622'] = '\uFEF5',
        ['\u0623'] = '\uFEF7',
        ['\u0625'] = '\uFEF9',
        ['\u0627'] = '\uFEFB',
    }.ToFrozenDictionary();

    /// <summary>The text with forms in place of letters, still in the order of reading.</summary>
    internal static string Of(string text)
    {
        var shaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var joined = JoinsOn(Neighbour(text, i, -1));
            if (text[i] == Lam && i + 1 < text.Length && s_lamAlef.TryGetValue(text[i + 1], out var both))
            {
                shaped.Append((char)(both + (joined ? 1 : 0)));
                i++;
            }
            else if (s_letters.TryGetValue(text[i], out var letter))
            {
                var goesOn = letter.Joins && Takes(Neighbour(text, i, 1));
                shaped.Append((char)(letter.First + (goesOn ? 2 : 0) + (joined ? 1 : 0)));
            }
            else
            {
                shaped.Append(text[i]);
            }
        }

        return shaped.ToString();
    }

    // The letter before or after, past the marks of vowels.
    private static char Neighbour(string text, int at, int step)
    {
        do
        {
            at += step;
        }
        while (at >= 0 && at < text.Length && text[at] is (>= '\u064B' and <= '\u0655') or '\u0670');

        return at >= 0 && at < text.Length ? text[at] : '\0';
    }

    // Whether a letter joins the one that follows it.
    private static bool JoinsOn(char letter) => letter == Tatweel || (s_letters.TryGetValue(letter, out var form) && form.Joins);

    private static bool Takes(char letter) => letter == Tatweel || s_letters.ContainsKey(letter);

    private static IEnumerable<(char Letter, char First, bool Joins)> Letters()
    {
        // In the order of their forms from U+FE81 on; '-' joins the letter before alone.
        const string Order = "\u0622-\u0623-\u0624-\u0625-\u0626+\u0627-\u0628+\u0629-\u062A+\u062B+\u062C+\u062D+\u062E+\u062F-\u0630-\u0631-\u0632-\u0633+\u0634+\u0635+\u0636+\u0637+\u0638+\u0639+\u063A+\u0641+\u0642+\u0643+\u0644+\u0645+\u0646+\u0647+\u0648-\u0649-\u064A+";
        var first = '\uFE81';
        for (var i = 0; i < Order.Length; i += 2)
        {
            yield return (Order[i], first, Order[i + 1] == '+');
            first += Order[i + 1] == '+' ? (char)4 : (char)2;
        }

        yield return ('\u067E', '\uFB56', true);
        yield return ('\u0686', '\uFB7A', true);
        yield return ('\u0698', '\uFB8A', false);
        yield return ('\u06A9', '\uFB8E', true);
        yield return ('\u06AF', '\uFB92', true);
        yield return ('\u06CC', '\uFBFC', true);
    }
}

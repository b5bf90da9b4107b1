using System.Globalization;
using System.Text;

namespace Dfx.Harness.Reporting.Figures.Pictures;

/// <summary>
/// A line of text in the order in which its signs stand, from the left: what draws pictures puts them there one after the other. Runs from right to left
/// (Hebrew, Arabic) are turned round after the rules of the Unicode Bidirectional Algorithm (UAX #9) for text without marks of direction: the first
/// letter decides the line's direction, numbers stay as they are, and what stands between two runs goes with them if they agree.
/// </summary>
internal static class VisualText
{
    private const string Open = "([{<«";
    private const string Close = ")]}>»";

    private enum Kind
    {
        Neutral,
        Left,
        Right,
        Number,
    }

    /// <summary>The line; the same if nothing of it runs from right to left.</summary>
    internal static string Of(string line)
    {
        if (!line.EnumerateRunes().Any(rune => KindOf(rune) == Kind.Right))
        {
            return line;
        }

        var signs = Signs(ArabicForms.Of(line));
        var levels = Levels([.. signs.Select(sign => KindOf(Rune.GetRuneAt(sign, 0)))]);
        var mirrored = signs.Select((sign, i) => levels[i] % 2 == 1 ? Mirrored(sign) : sign).ToArray();
        for (var level = levels.Max(); level > 0; level--)
        {
            Turn(mirrored, levels, level);
        }

        return string.Concat(mirrored);
    }

    // With the marks that stand over or in them.
    private static string[] Signs(string text)
    {
        List<string> signs = [];
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
        {
            signs.Add(elements.GetTextElement());
        }

        return [.. signs];
    }

    private static int[] Levels(Kind[] kinds)
    {
        var ground = Array.Find(kinds, kind => kind is Kind.Left or Kind.Right) == Kind.Right ? 1 : 0;
        var (left, levels) = (ground == 0 ? 0 : 2, new int[kinds.Length]);
        var last = ground == 1 ? Kind.Right : Kind.Left;
        for (var i = 0; i < kinds.Length; i++)
        {
            last = kinds[i] is Kind.Left or Kind.Right ? kinds[i] : last;
            levels[i] = kinds[i] switch
            {
                Kind.Right => 1,
                Kind.Left => left,
                Kind.Number => last == Kind.Right ? 2 : left,
                _ => Between(kinds, i, ground, left),
            };
        }

        return levels;
    }

    // A number counts as what it stands after; the ends of the line run as the line does.
    private static int Between(Kind[] kinds, int at, int ground, int left)
    {
        var before = Side(kinds, Array.FindLastIndex(kinds, at, kind => kind != Kind.Neutral), ground);
        var after = Side(kinds, Array.FindIndex(kinds, at, kind => kind != Kind.Neutral), ground);
        return before != after ? ground : before ? 1 : left;
    }

    // Whether it runs from right to left.
    private static bool Side(Kind[] kinds, int at, int ground)
    {
        var strong = at < 0 || kinds[at] != Kind.Number ? at : Array.FindLastIndex(kinds, at, kind => kind is Kind.Left or Kind.Right);
        return strong < 0 ? ground == 1 : kinds[strong] == Kind.Right;
    }

    private static void Turn(string[] signs, int[] levels, int level)
    {
        for (var i = 0; i < signs.Length; i++)
        {
            var from = i;
            while (i < signs.Length && levels[i] >= level)
            {
                i++;
            }

            Array.Reverse(signs, from, i - from);
        }
    }

    private static string Mirrored(string sign) =>
        sign.Length == 1 && (Open + Close).IndexOf(sign[0], StringComparison.Ordinal) is >= 0 and var i ? (Close + Open)[i].ToString() : sign;

    private static Kind KindOf(Rune rune) => rune.Value switch
    {
        >= 0x0590 and <= 0x08FF or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFF => IsArabicDigit(rune.Value) ? Kind.Number : Kind.Right,
        _ when Rune.IsDigit(rune) => Kind.Number,
        _ when Rune.IsLetter(rune) => Kind.Left,
        _ => Kind.Neutral,
    };

    private static bool IsArabicDigit(int code) => code is (>= 0x0660 and <= 0x0669) or (>= 0x06F0 and <= 0x06F9);
}

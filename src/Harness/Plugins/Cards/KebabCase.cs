using System.Text;

namespace Dfx.Harness.Plugins;

/// <summary>Names as matrix files write them.</summary>
internal static class KebabCase
{
    /// <summary>A C# name in kebab-case: <c>ReferenceBatch</c> is <c>reference-batch</c>, <c>UseEMAWeights</c> is <c>use-ema-weights</c>.</summary>
    internal static string Of(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (StartsWord(name, i))
            {
                text.Append('-');
            }

            text.Append(name[i] == '_' ? '-' : char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>Whether a name is kebab-case; where slashes are allowed, each part is.</summary>
    internal static bool Is(string name, bool slashes = false)
    {
        var previous = '-';
        foreach (var c in name)
        {
            if (c is '-' || (slashes && c is '/'))
            {
                if (previous is '-' or '/')
                {
                    return false;
                }
            }
            else if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c))
            {
                return false;
            }

            previous = c;
        }

        return previous is not ('-' or '/');
    }

    private static bool StartsWord(string name, int i) => i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
        && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}

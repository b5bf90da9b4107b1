using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Dfx.Harness.Reporting.Figures.Pictures;

/// <summary>What Skia's SVG needs to be the same bytes each time and to look alike elsewhere.</summary>
internal static partial class SvgText
{
    /// <summary>Fonts as wide as ours, for readers who do not have it.</summary>
    private const string Family = "font-family=\"DejaVu Sans, Bitstream Vera Sans, Verdana, sans-serif\"";

    /// <summary>Skia counts the names of clips through the whole process: they are counted anew from 1.</summary>
    internal static byte[] Settled(byte[] svg)
    {
        Dictionary<string, string> names = [];
        var text = Encoding.UTF8.GetString(svg).Replace("font-family=\"DejaVu Sans\"", Family, StringComparison.Ordinal);
        foreach (Match match in Definition().Matches(text))
        {
            names.TryAdd(match.Groups[1].Value, string.Create(CultureInfo.InvariantCulture, $"part-{names.Count + 1}"));
        }

        return Encoding.UTF8.GetBytes(Name().Replace(text, match => names.TryGetValue(match.Groups[2].Value, out var name)
            ? match.Groups[1].Value + name + match.Groups[3].Value
            : match.Value));
    }

    [GeneratedRegex("<[^>]* id=\"([^\"]+)\"")]
    private static partial Regex Definition();

    [GeneratedRegex("( id=\"|\"url\\(#|href=\"#)([^\")]+)(\\)?\")")]
    private static partial Regex Name();
}

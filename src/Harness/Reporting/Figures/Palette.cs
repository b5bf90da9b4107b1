using System.Collections.Immutable;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>
/// Colours and shapes by name: one name looks the same in all figures of a report. The colours are those of Okabe and Ito that have contrast
/// on white and on black (their yellow and black do not; a grey stands in); shapes tell apart what the colours alone do not.
/// </summary>
internal sealed class Palette
{
    /// <summary>Okabe and Ito, "Color Universal Design" (2008).</summary>
    private static readonly ImmutableArray<string> s_colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F"];

    private readonly Dictionary<string, int> _places;

    /// <summary>A palette of some names, whatever their order.</summary>
    internal Palette(IEnumerable<string> names) => _places = names
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .Select((name, i) => (name, i))
        .ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);

    internal static string Good => s_colors[2];

    internal static string Bad => s_colors[1];

    internal static string Neutral => s_colors[^1];

    /// <summary>How something of this name looks.</summary>
    /// <param name="name">One of the names.</param>
    /// <param name="dash">Which dashes; 0 is none.</param>
    internal Style Of(string name, int dash = 0)
    {
        var place = _places[name];
        // The shapes move on by one with each round of the colours: pairs repeat only after as many rounds as there are shapes.
        return new(s_colors[place % s_colors.Length], (place + (place / s_colors.Length)) % s_colors.Length, dash);
    }
}

using System.Globalization;
using System.Text;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>Numbers and names in figures, in the invariant culture.</summary>
internal static class FigureText
{
    private const int MostCharacters = 120;

    /// <summary>A number without loss.</summary>
    internal static string Exact(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number with the digits that a person reads.</summary>
    internal static string Short(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>Words as the name of a file: small letters, digits and hyphens.</summary>
    internal static string Slug(string words)
    {
        var text = new StringBuilder();
        foreach (var c in words.ToLowerInvariant())
        {
            text.Append(char.IsAsciiLetterOrDigit(c) ? c : '-');
        }

        var slug = string.Join('-', text.ToString().Split('-', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length <= MostCharacters ? slug : slug[..MostCharacters].TrimEnd('-');
    }

    /// <summary>A number and its noun.</summary>
    internal static string Count(int number, string noun) => FormattableString.Invariant($"{number} {noun}{(number == 1 ? "" : "s")}");
}

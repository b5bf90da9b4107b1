using System.Globalization;

namespace Dfx.Harness.Reporting.Figures.Pictures;

/// <summary>The numbers of an axis: 0.05, −20, 2×10⁻⁴.</summary>
internal static class TickText
{
    private const double Small = 1e-3;
    private const double Large = 1e5;
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    internal static string Of(double value) => Signed(Math.Abs(value) is 0 or (>= Small and < Large)
        ? value.ToString("0.######", CultureInfo.InvariantCulture)
        : Scientific(value.ToString("0.##e0", CultureInfo.InvariantCulture).Split('e')));

    private static string Scientific(string[] parts) => parts[0] switch
    {
        "1" => $"10{Raised(parts[1])}",
        "-1" => $"-10{Raised(parts[1])}",
        _ => $"{parts[0]}×10{Raised(parts[1])}",
    };

    private static string Raised(string power) => string.Concat(power.Select(c => c == '-' ? '⁻' : Superscripts[c - '0']));

    private static string Signed(string text) => text.Replace('-', '−');
}

using System.Globalization;
using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Reporting.Grids;

/// <summary>Numbers for people: as many digits as their precision deserves.</summary>
internal static class Digits
{
    private const int OfHalfWidth = 2;
    private const int WithoutInterval = 4;
    private const int MostDecimals = 12;

    /// <summary>The mean and the half-width of its interval, whose first two digits decide how many are shown; four digits without an interval.</summary>
    internal static string Of(Estimate? estimate, bool signed = false) => estimate switch
    {
        null => "",
        { Interval: { HalfWidth: > 0 } interval } => WithHalfWidth(estimate.Mean, interval.HalfWidth, signed),
        { Interval: not null } => $"{Fixed(estimate.Mean, Decimals(estimate.Mean, WithoutInterval), signed)} ± 0",
        _ => Fixed(estimate.Mean, Decimals(estimate.Mean, WithoutInterval), signed),
    };

    /// <summary>A number with four digits.</summary>
    internal static string Of(double value) => Fixed(value, Decimals(value, WithoutInterval), signed: false);

    /// <summary>A number with so many decimals, minus as a sign of its own.</summary>
    internal static string Fixed(double value, int decimals, bool signed)
    {
        // A power of ten beyond what fixed notation can show.
        var format = Math.Abs(value) >= 1e15 ? "E3" : $"F{decimals}";
        var text = Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);
        var isZero = text.All(c => c is '0' or '.');
        return value < 0 && !isZero ? $"−{text}" : signed && !isZero ? $"+{text}" : text;
    }

    private static string WithHalfWidth(double mean, double half, bool signed)
    {
        var decimals = Decimals(half, OfHalfWidth);
        return $"{Fixed(mean, decimals, signed)} ± {Fixed(half, decimals, signed: false)}";
    }

    private static int Decimals(double value, int digits) =>
        value == 0 ? 0 : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, MostDecimals);
}

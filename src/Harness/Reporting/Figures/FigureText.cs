using System.Globalization;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>Numbers in figures, in the invariant culture.</summary>
internal static class FigureText
{
    /// <summary>A number without loss.</summary>
    internal static string Exact(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number with the digits that a person reads.</summary>
    internal static string Short(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>A number and its noun.</summary>
    internal static string Count(int number, string noun) => FormattableString.Invariant($"{number} {noun}{(number == 1 ? "" : "s")}");
}

using System.Globalization;

namespace Dfx.Harness.Reporting.Figures.Gnuplot;

/// <summary>Texts and numbers of gnuplot's language.</summary>
internal static class Words
{
    private const double Small = 1e-3;
    private const double Large = 1e5;

    /// <summary>A string in which nothing has a meaning: single quotes know no escape but their own doubling.</summary>
    internal static string Quote(string text) =>
        $"'{string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A part of the whole picture.</summary>
    internal static string Part(double pixels, double whole) => (pixels / whole).ToString("0.#####", CultureInfo.InvariantCulture);

    internal static string Pixels(double pixels) => pixels.ToString("0", CultureInfo.InvariantCulture);

    /// <summary>The number of a tick.</summary>
    internal static string Tick(double value) => Math.Abs(value) is 0 or (>= Small and < Large)
        ? value.ToString("0.######", CultureInfo.InvariantCulture)
        : value.ToString("0.##e0", CultureInfo.InvariantCulture);
}

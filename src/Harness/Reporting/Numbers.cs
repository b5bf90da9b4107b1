using System.Globalization;

namespace Dfx.Harness.Reporting;

/// <summary>Texts that may be numbers, such as coordinates and the cells of a table.</summary>
internal static class Numbers
{
    /// <summary>The finite number that a text is, in the invariant culture; null if it is none.</summary>
    internal static double? Of(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}

using System.Globalization;

namespace Dfx.Benchmarks;

/// <summary>Two series of times measured in turn, as one line with medians, quartiles and their ratio.</summary>
internal static class Comparison
{
    internal static string Line(string what, string first, List<double> a, string second, List<double> b) => string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-8} {first} {Spread(a)}, {second} {Spread(b)}: ratio of medians {Quantile(a, 0.5) / Quantile(b, 0.5):F3} (n = {a.Count} each)");

    private static string Spread(List<double> seconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Quantile(seconds, 0.5) * 1e3:F1} ms [{Quantile(seconds, 0.25) * 1e3:F1}, {Quantile(seconds, 0.75) * 1e3:F1}]");

    private static double Quantile(List<double> values, double q)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Round(q * (sorted.Length - 1))];
    }
}

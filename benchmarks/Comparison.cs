using System.Diagnostics;
using System.Globalization;

namespace Dfx.Benchmarks;

/// <summary>Two series of times measured in turn, as one line with medians, quartiles and their ratio.</summary>
internal static class Comparison
{
    internal static string Line(string what, string first, List<double> a, string second, List<double> b) => string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-8} {first} {Spread(a)}, {second} {Spread(b)}: ratio of medians {Quantile(a, 0.5) / Quantile(b, 0.5):F3} (n = {a.Count} each)");

    /// <summary>The ratio of times that were measured in turn, pair by pair, with its quartiles: what slows the machine slows both of a pair.</summary>
    internal static string Ratio(List<double> a, List<double> b)
    {
        List<double> ratios = [.. a.Zip(b, (x, y) => x / y)];
        return string.Create(CultureInfo.InvariantCulture, $"ratio of pairs {Quantile(ratios, 0.5):F3} [{Quantile(ratios, 0.25):F3}, {Quantile(ratios, 0.75):F3}] (n = {ratios.Count})");
    }

    /// <summary>Seconds of each call: of the processor with one thread, which other work on the machine disturbs less, else of the clock.</summary>
    internal static double[] Measure(Action call, int times)
    {
        var seconds = new double[times];
        for (var i = 0; i < times; i++)
        {
            var start = Clock();
            call();
            seconds[i] = Clock() - start;
        }

        return seconds;
    }

    /// <summary>Seconds of the processor with one thread, else of the clock.</summary>
    internal static double Clock() => torch.get_num_threads() == 1
        ? Environment.CpuUsage.TotalTime.TotalSeconds
        : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    private static string Spread(List<double> seconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Quantile(seconds, 0.5) * 1e3:F1} ms [{Quantile(seconds, 0.25) * 1e3:F1}, {Quantile(seconds, 0.75) * 1e3:F1}]");

    private static double Quantile(List<double> values, double q)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Round(q * (sorted.Length - 1))];
    }
}

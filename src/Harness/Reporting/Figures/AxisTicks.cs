namespace Dfx.Harness.Reporting.Figures;

/// <summary>Where the numbers of an axis stand.</summary>
internal static class AxisTicks
{
    /// <summary>More places than this are not numbered one by one.</summary>
    internal const int Most = 12;

    private const int Wanted = 5;
    private const double LeastDistance = 0.075;

    /// <summary>Multiples of 1, 2 or 5 times a power of ten.</summary>
    internal static IReadOnlyList<double> Linear(double low, double high)
    {
        var raw = (high - low) / Wanted;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = ((double[])[1, 2, 5, 10]).Select(m => m * power).First(s => s >= raw * 0.999);
        var first = Math.Ceiling(low / step);
        var count = (int)(Math.Floor(high / step) - first) + 1;
        return [.. Enumerable.Range(0, Math.Max(count, 0)).Select(i => Clean((first + i) * step)).Distinct()];
    }

    /// <summary>Powers of ten, with 2 and 5 between them where there are few.</summary>
    internal static IReadOnlyList<double> Log(double low, double high)
    {
        var decades = Math.Log10(high / low);
        double[] digits = decades <= 1.2 ? [1, 2, 3, 5, 7] : decades <= 3 ? [1, 2, 5] : [1];
        var every = Math.Max(1, (int)Math.Ceiling(decades / 8));
        return [.. Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)decades + 3)
            .Where(power => power % every == 0)
            .SelectMany(power => digits.Select(d => Clean(d * Math.Pow(10, power))))
            .Where(tick => tick >= low && tick <= high)];
    }

    /// <summary>Those places whose numbers do not overlap.</summary>
    internal static IReadOnlyList<double> Apart(IReadOnlyList<double> places, Axis axis)
    {
        List<double> kept = [];
        foreach (var place in places.Where(place => kept.Count == 0 || axis.Along(place) - axis.Along(kept[^1]) >= LeastDistance))
        {
            kept.Add(place);
        }

        return kept;
    }

    /// <summary>Without the last digits, in which products and powers are off, and differ from machine to machine.</summary>
    internal static double Clean(double value) => double.Parse(FigureText.Short(value), System.Globalization.CultureInfo.InvariantCulture);
}

namespace Dfx.Harness.Reporting.Figures;

/// <summary>An axis with its range, so that all panels share it.</summary>
/// <param name="Title">What it shows, with its unit.</param>
/// <param name="IsLog">Whether it is logarithmic.</param>
/// <param name="Min">Its lower end.</param>
/// <param name="Max">Its upper end.</param>
/// <param name="Ticks">Where numbers stand.</param>
internal sealed record Axis(string Title, bool IsLog, double Min, double Max, IReadOnlyList<double> Ticks)
{
    /// <summary>Positive values that span more than this are drawn on a logarithmic axis.</summary>
    private const double LogSpan = 5;

    private const double Margin = 0.05;

    /// <summary>Beyond this, spans between values are no numbers any more.</summary>
    internal const double Largest = 1e300;

    /// <summary>Below this, parts of a span are no numbers any more: on an axis it is 0.</summary>
    private const double Smallest = 1e-280;

    /// <summary>Beyond this factor between values a logarithmic axis says nothing, and its ends leave the range of numbers.</summary>
    private const double MostLogSpan = 1e100;

    /// <summary>The line at which nothing differs, such as 0 for a difference.</summary>
    public double? Reference { get; init; }

    /// <summary>An axis that holds some values; logarithmic where they span much.</summary>
    internal static Axis Fit(string title, IReadOnlyList<double> values, bool mayBeLog = true)
    {
        var shown = Shown(values);
        return mayBeLog && shown.Min() > 0 && shown.Max() / shown.Min() is > LogSpan and < MostLogSpan ? Log(title, shown) : Linear(title, shown);
    }

    /// <summary>An axis of values at which the numbers stand, such as budgets.</summary>
    internal static Axis At(string title, IReadOnlyList<double> values)
    {
        var places = Shown(values).Distinct().Order().ToList();
        var axis = Fit(title, places, mayBeLog: true);
        return places.Count <= AxisTicks.Most ? axis with { Ticks = AxisTicks.Apart(places, axis) } : axis;
    }

    /// <summary>An axis of bars, which start at 0.</summary>
    internal static Axis FromZero(string title, IReadOnlyList<double> values)
    {
        var shown = Shown(values);
        var axis = Linear(title, [0, .. shown]);
        return axis with { Min = shown.Min() >= 0 ? 0 : axis.Min, Max = shown.Max() <= 0 && shown.Min() < 0 ? 0 : axis.Max };
    }

    /// <summary>The axis of n categories, the first at the top.</summary>
    internal static Axis Rows(int count) => new("", false, -0.6, count - 0.4, []);

    /// <summary>How far along the axis a value lies, 0 to 1.</summary>
    internal double Along(double value) => IsLog ? Math.Log(value / Min) / Math.Log(Max / Min) : (value - Min) / (Max - Min);

    private static Axis Log(string title, IReadOnlyList<double> values)
    {
        var room = Math.Pow(values.Max() / values.Min(), Margin);
        var (low, high) = Ends(values, values.Min() / room, values.Max() * room);
        return new(title, true, low, high, AxisTicks.Log(low, high));
    }

    private static Axis Linear(string title, IReadOnlyList<double> values)
    {
        var span = values.Max() - values.Min();
        var room = span > 0 ? span * Margin : Math.Max(Math.Abs(values.Max()) * Margin, 1e-9);
        var (low, high) = Ends(values, values.Min() - room, values.Max() + room);
        return new(title, false, low, high, AxisTicks.Linear(low, high));
    }

    /// <summary>Numbers of few digits, unless that would leave a value out.</summary>
    private static (double Low, double High) Ends(IReadOnlyList<double> values, double low, double high)
    {
        var (cleanLow, cleanHigh) = (AxisTicks.Clean(low), AxisTicks.Clean(high));
        return (cleanLow <= values.Min() ? cleanLow : low, cleanHigh >= values.Max() ? cleanHigh : high);
    }

    /// <summary>The values that an axis is made for: one that is infinite would hide all others.</summary>
    private static List<double> Shown(IReadOnlyList<double> values) =>
        values.Where(value => Math.Abs(value) < Largest).Select(value => Math.Abs(value) < Smallest ? 0 : value).ToList() is { Count: > 0 } shown ? shown : [0];
}

namespace Dfx.Harness.Reporting.Statistics;

/// <summary>A confidence interval.</summary>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>The level of every interval in a report.</summary>
    internal const double Level = 0.95;

    internal double HalfWidth => (High - Low) / 2;

    internal bool Contains(double value) => Low <= value && value <= High;

    /// <summary>Whether the two have no point in common.</summary>
    internal bool IsApartFrom(Interval other) => High < other.Low || other.High < Low;

    internal Interval Negated => new(-High, -Low);
}

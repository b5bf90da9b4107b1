using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Reporting.Claims;

/// <summary>Where an effect must lie.</summary>
/// <param name="Direction">On which side.</param>
/// <param name="Margin">By how much at least; for <see cref="Expected.Within"/> by how much at most. 0 or more.</param>
internal sealed record Expectation(Expected Direction, double Margin)
{
    /// <summary>The expectation of a metric, for which better and worse have a side.</summary>
    internal Expectation For(MetricColumn column) => Direction switch
    {
        Expected.Better => this with { Direction = column.Sign > 0 ? Expected.Below : Expected.Above },
        Expected.Worse => this with { Direction = column.Sign > 0 ? Expected.Above : Expected.Below },
        _ => this,
    };

    /// <summary>Whether every effect of the interval is as expected.</summary>
    internal bool Supports(Interval effect) => Direction switch
    {
        Expected.Below => effect.High < -Margin,
        Expected.Above => effect.Low > Margin,
        _ => effect.Low >= -Margin && effect.High <= Margin,
    };

    /// <summary>Whether no effect of the interval is as expected.</summary>
    internal bool Contradicts(Interval effect) => Direction switch
    {
        Expected.Below => effect.Low > -Margin,
        Expected.Above => effect.High < Margin,
        _ => effect.Low > Margin || effect.High < -Margin,
    };
}

/// <summary>The sides that an effect may be expected on.</summary>
internal enum Expected
{
    Below,
    Above,
    Better,
    Worse,
    Within,
}

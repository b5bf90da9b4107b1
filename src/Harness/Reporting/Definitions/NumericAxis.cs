namespace Dfx.Harness.Reporting.Definitions;

/// <summary>A number that tells configurations apart: a coordinate, or an option of what stands there, such as <c>method.reference-batch</c>.</summary>
/// <param name="Axis">The coordinate.</param>
/// <param name="Option">The option; null for the coordinate itself.</param>
internal sealed record NumericAxis(string Axis, string? Option = null)
{
    /// <summary>From <c>coordinate</c> or <c>coordinate.option</c>.</summary>
    internal static NumericAxis Of(string text) => text.Split('.', 2) is [var axis, var option] ? new(axis, option) : new(text);

    /// <summary>The number of a configuration; null if it has none there.</summary>
    internal double? Of(LeaderboardRow row, Labels labels) => Numbers.Of(Option is null ? row.Axis(Axis) : labels.Find(Axis, row.Axis(Axis), Option));

    public override string ToString() => Option is null ? Axis : $"{Axis}.{Option}";
}

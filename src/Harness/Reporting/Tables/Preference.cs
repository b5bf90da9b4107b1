using Dfx.Harness.Matrix;
using Dfx.Harness.Reporting.Definitions;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>Which configuration a table shows where more than one fits.</summary>
/// <param name="By">The number that decides.</param>
/// <param name="Largest">The largest; the smallest otherwise.</param>
internal sealed record Preference(NumericAxis By, bool Largest)
{
    private const string Most = "largest";
    private const string Least = "smallest";

    /// <summary>What decides in every table, before its own: the longest training, then the most samples.</summary>
    internal static IReadOnlyList<Preference> Always { get; } = [new(new("steps"), true), new(new("samples"), true)];

    /// <summary>From what stands at a coordinate, or at <c>coordinate.option</c>.</summary>
    internal static Preference Read(string name, YamlValue value)
    {
        var by = NumericAxis.Of(name);
        return new(by with { Axis = QueryReader.Axis(by.Axis, value) }, QueryReader.Known(value, [Most, Least]) == Most);
    }

    /// <summary>Those that have the largest number, or the smallest; all of them if none has a number there.</summary>
    internal List<LeaderboardRow> Of(List<LeaderboardRow> rows, Labels labels)
    {
        var numbers = rows.ConvertAll(row => By.Of(row, labels));
        var wanted = Largest ? numbers.Max() : numbers.Min();
        return wanted is null ? rows : [.. rows.Where((_, i) => numbers[i] == wanted)];
    }

    public override string ToString() => $"{(Largest ? Most : Least)} {By}";
}

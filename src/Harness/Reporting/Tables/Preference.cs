using System.Globalization;
using Dfx.Harness.Matrix;
using Dfx.Harness.Reporting.Definitions;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>Which configuration a table shows where more than one fits.</summary>
/// <param name="Axis">A coordinate that is a number.</param>
/// <param name="Option">Instead, an option of what the coordinate names; null for the coordinate itself.</param>
/// <param name="Largest">The largest; the smallest otherwise.</param>
internal sealed record Preference(string Axis, string? Option, bool Largest)
{
    private const string Most = "largest";
    private const string Least = "smallest";

    /// <summary>What decides in every table, before its own: the longest training, then the most samples.</summary>
    internal static IReadOnlyList<Preference> Always { get; } = [new("steps", null, true), new("samples", null, true)];

    /// <summary>Of a coordinate, or of <c>coordinate.option</c>.</summary>
    internal static Preference Read(string name, YamlValue value)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var axis = QueryReader.Axis(dot < 0 ? name : name[..dot], value);
        return new(axis, dot < 0 ? null : name[(dot + 1)..], QueryReader.Known(value, [Most, Least]) == Most);
    }

    /// <summary>Those that have the largest number, or the smallest; all of them if none has a number there.</summary>
    internal List<LeaderboardRow> Of(List<LeaderboardRow> rows, Labels labels)
    {
        var numbers = rows.ConvertAll(row => Number(row, labels));
        var wanted = Largest ? numbers.Max() : numbers.Min();
        return wanted is null ? rows : [.. rows.Where((_, i) => numbers[i] == wanted)];
    }

    public override string ToString() => $"{(Largest ? Most : Least)} {Axis}{(Option is null ? "" : $".{Option}")}";

    private double? Number(LeaderboardRow row, Labels labels)
    {
        var text = Option is null ? row.Axis(Axis) : labels.Find(Axis, row.Axis(Axis), Option);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

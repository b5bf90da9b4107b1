using System.Globalization;
using Dfx.Harness.Matrix;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting.Definitions;

/// <summary>Which configuration a table shows where more than one fits.</summary>
/// <param name="By">The number that decides.</param>
/// <param name="Wishes">What it is to be, the first wish that a configuration has: a number, the largest (infinity) or the smallest (minus infinity).</param>
internal sealed record Preference(NumericAxis By, IReadOnlyList<double> Wishes)
{
    private const string Most = "largest";
    private const string Least = "smallest";

    /// <summary>What decides in every table, before its own: the longest training, then the most samples.</summary>
    internal static IReadOnlyList<Preference> Always { get; } = [Largest("steps"), Largest("samples")];

    /// <summary>From what stands at a coordinate, or at <c>coordinate.option</c>: a word or a number, or several of them.</summary>
    internal static Preference Read(string name, YamlValue value)
    {
        var by = NumericAxis.Of(name);
        return new(by with { Axis = QueryReader.Axis(by.Axis, value) }, [.. value.Items().Select(Wish)]);
    }

    /// <summary>Some preferences with others, which have the last word on the number that they speak of.</summary>
    internal static IReadOnlyList<Preference> With(IReadOnlyList<Preference> some, IReadOnlyList<Preference> others) =>
        [.. some.Select(p => others.FirstOrDefault(other => other.By == p.By) ?? p), .. others.Where(other => !some.Any(p => p.By == other.By))];

    /// <summary>Those that have what is wished for; all of them if none has a number there, or none of these.</summary>
    internal List<LeaderboardRow> Of(List<LeaderboardRow> rows, Labels labels)
    {
        var numbers = rows.ConvertAll(row => By.Of(row, labels));
        var found = Wishes.Select(wish => Wanted(wish, numbers)).FirstOrDefault(wanted => wanted is not null && numbers.Contains(wanted));
        return found is null ? rows : [.. rows.Where((_, i) => numbers[i] == found)];
    }

    public override string ToString() => Wishes is [var wish] && double.IsInfinity(wish)
        ? $"{Word(wish)} {By}"
        : $"{By} {string.Join(" or else ", Wishes.Select(Word))}";

    private static Preference Largest(string axis) => new(new(axis), [double.PositiveInfinity]);

    private static double? Wanted(double wish, List<double?> numbers) => wish switch
    {
        double.PositiveInfinity => numbers.Max(),
        double.NegativeInfinity => numbers.Min(),
        _ => wish,
    };

    private static double Wish(YamlValue value) => value.Text() switch
    {
        Most => double.PositiveInfinity,
        Least => double.NegativeInfinity,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        var text => throw value.Place.Error($"{value.Name} cannot be '{text}'; the nearest is '{NearestName.Of(text, [Most, Least])}', and a number will do too"),
    };

    private static string Word(double wish) => wish switch
    {
        double.PositiveInfinity => Most,
        double.NegativeInfinity => Least,
        _ => CsvFile.Text(wish),
    };
}

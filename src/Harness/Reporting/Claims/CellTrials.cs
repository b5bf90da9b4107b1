using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Reporting.Claims;

/// <summary>The trials of claims about cells.</summary>
/// <param name="board">The leaderboard.</param>
internal sealed class CellTrials(Leaderboard board)
{
    private readonly CellPairs _pairs = new(board);

    internal IReadOnlyList<Trial> Of(ComparisonTest test, Expectation expected)
    {
        var pairs = _pairs.Of(test).ToList();
        var spoken = test.Of.Patterns.Keys.Concat(test.Than.Patterns.Keys).ToHashSet();
        var places = from column in Columns(test.Metric, pairs.SelectMany(p => (LeaderboardRow[])[p.Of, p.Than])) from pair in pairs select (pair.Of, pair.Than, Column: column);
        return [.. places.AsParallel().AsOrdered().Select(place => Trial(test, expected.For(place.Column), place.Of, place.Than, place.Column, spoken))];
    }

    internal IReadOnlyList<Trial> Of(TrendTest test, Expectation expected)
    {
        var along = NumericAxis.Of(test.Along);
        var series = _pairs.Series(test.Cells, along.Axis).Select(rows => rows.Select(row => (Row: row, At: along.Of(row, board.Results.Labels))).Where(p => p.At > 0).ToList())
            .Where(points => points.DistinctBy(p => p.At).Skip(1).Any()).ToList();
        var places = from column in Columns(test.Metric, series.SelectMany(points => points.Select(p => p.Row))) from points in series select (Points: points, Column: column);
        return [.. places.AsParallel().AsOrdered()
            .Select(place => Trial(expected.For(place.Column), [.. place.Points.Select(p => (p.Row, p.At!.Value))], place.Column, along.Axis))];
    }

    private static Trial Trial(ComparisonTest test, Expectation expected, LeaderboardRow of, LeaderboardRow than, MetricColumn column, HashSet<string> spoken)
    {
        var differences = of.Differences(than, column);
        var names = $"{CellPairs.Words(of, Other(spoken))} against {CellPairs.Words(than, Other(spoken))}";
        return new(
            $"{column.Header}: {names} ({CellPairs.Words(of, spoken)})", expected,
            level => test.Deviations ? VarianceRatio.Log(of.Values(column), than.Values(column), level) : Estimate.Of(differences, level))
        {
            Bootstrap = test.Deviations ? null : PairedBootstrap.Of(differences),
            Keys = [.. of.Measured.Concat(than.Measured).Select(cell => cell.Key)],
            Scale = Scale.Of([of, than]),
        };
    }

    /// <summary>One slope a seed: least squares over log2 of the axis, from the seeds that every point has.</summary>
    private static Trial Trial(Expectation expected, IReadOnlyList<(LeaderboardRow Row, double At)> points, MetricColumn column, string axis)
    {
        var bySeed = points.Select(p => (X: Math.Log2(p.At), Values: p.Row.BySeed(column).DistinctBy(v => v.Seed).ToDictionary(v => v.Seed, v => v.Value))).ToList();
        var slopes = bySeed[0].Values.Keys.Where(seed => bySeed.TrueForAll(p => p.Values.ContainsKey(seed)))
            .Select(seed => Slope([.. bySeed.Select(p => (p.X, p.Values[seed]))])).ToList();
        return new($"{column.Header} a doubling of {axis}: {CellPairs.Words(points[0].Row, [axis])}", expected, level => Estimate.Of(slopes, level))
        {
            Bootstrap = PairedBootstrap.Of(slopes),
            Keys = [.. points.SelectMany(p => p.Row.Measured).Select(cell => cell.Key)],
            Scale = Scale.Of([.. points.Select(p => p.Row)]),
        };
    }

    private static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        return points.Sum(p => (p.X - x) * (p.Y - y)) / points.Sum(p => (p.X - x) * (p.X - x));
    }

    /// <summary>The metrics of the first pattern that some of the rows have.</summary>
    private List<MetricColumn> Columns(IEnumerable<string> patterns, IEnumerable<LeaderboardRow> rows)
    {
        var measured = rows.Distinct().ToList();
        return patterns.Select(pattern => board.Columns.Where(c => Glob.Matches(pattern, c.Name) && measured.Exists(row => row.Has(c))).ToList())
            .FirstOrDefault(columns => columns.Count > 0) ?? [];
    }

    private static IEnumerable<string> Other(HashSet<string> spoken) => ((string[])["dataset", "task", "method", "correction", "sampler", "nfe", "steps", "ema", "network"]).Except(spoken);
}

using System.Globalization;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Reporting.Claims;

/// <summary>The trials of claims about tables of analyses.</summary>
/// <param name="results">The results.</param>
internal sealed class AnalysisTrials(Results results)
{
    // Standard errors come from hundreds of draws: Student's interval of so many degrees of freedom is the normal one and a hair more.
    private const int Freedom = 1000;

    internal IReadOnlyList<Trial> Of(AnalysisTest test, Expectation expected) =>
    [
        .. from analysis in results.Analyses
           where Glob.Matches(test.Analysis, analysis.Axis("analysis")) || results.Labels.Find("analysis", analysis.Axis("analysis"), "id") == test.Analysis
           from pair in Pairs(test, analysis)
           select Trial(test, expected, analysis, pair.Of, pair.Than),
    ];

    private static IEnumerable<(Row Of, Row? Than)> Pairs(AnalysisTest test, AnalysisResult analysis)
    {
        var all = analysis.Rows.Select(row => new Row(analysis.Columns.Zip(row).DistinctBy(p => p.First).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal))).ToList();
        var rows = all.Where(row => test.Of.Matches(row.Values)).ToList();
        if (test.Along is { } along)
        {
            return rows.Where(row => row.Number(along) is not null).GroupBy(row => row.Key(test.Match))
                .Select(group => group.OrderBy(row => row.Number(along)).ToList())
                .SelectMany(series => series.Skip(1).Zip(series, (next, previous) => (next, (Row?)previous)));
        }

        var others = test.Than is null ? null : all.Where(row => test.Than.Matches(row.Values)).ToLookup(row => row.Key(test.Match));
        return others is null ? rows.Select(row => (row, (Row?)null)) : rows.SelectMany(row => others[row.Key(test.Match)].Select(other => (row, (Row?)other)));
    }

    private static Trial Trial(AnalysisTest test, Expectation expected, AnalysisResult analysis, Row of, Row? than) => new(
        $"{analysis.Axis("analysis")} on {analysis.Axis("dataset")}: {test.Value} of {of.Words(test, than)} against {(than is null ? CsvFile.Text(test.Number) : than.Words(test, of))}",
        expected, level => Difference(test, of, than, level))
    {
        Keys = [analysis.Key],
        Scale = $"Analysis {analysis.Axis("analysis")} of {analysis.Axis("method")} on {analysis.Axis("dataset")}, seed {analysis.Axis("seed")}.",
    };

    /// <summary>The difference, with independent errors. Those of one table are seldom negatively related, so the interval is rather too wide.</summary>
    private static Estimate? Difference(AnalysisTest test, Row of, Row? than, double level)
    {
        if (of.Number(test.Value) is not { } value || (than is null ? test.Number : than.Number(test.Value)) is not { } other)
        {
            return null;
        }

        var (first, second) = (Error(test, of), than is null ? 0 : Error(test, than));
        var half = StudentT.UpperQuantile((1 - level) / 2, Freedom) * Math.Sqrt((first * first) + (second * second));
        return new(1, value - other, null, new(value - other - half, value - other + half));
    }

    private static double Error(AnalysisTest test, Row row) => test.Error is null ? 0 : row.Number(test.Error) ?? 0;

    /// <summary>A row of an analysis by its columns.</summary>
    private sealed record Row(IReadOnlyDictionary<string, string> Values)
    {
        internal double? Number(string column) => Numbers.Of(Values.GetValueOrDefault(column));

        internal string Key(IReadOnlyList<string> columns) => string.Join('\u001f', columns.Select(column => Values.GetValueOrDefault(column, "")));

        /// <summary>The columns that the claim speaks of, but for the one that is compared.</summary>
        internal string Words(AnalysisTest test, Row? other) => string.Join(' ', test.Of.Conditions.Keys.Concat(test.Match).Append(test.Along ?? "").Distinct()
            .Where(column => column != test.Value && Values.GetValueOrDefault(column, "").Length > 0 && (other is null || !test.Match.Contains(column)))
            .Select(column => $"{column} {Short(Values[column])}"));

        private static string Short(string value) => Numbers.Of(value) is { } number ? number.ToString("G4", CultureInfo.InvariantCulture) : value;
    }
}

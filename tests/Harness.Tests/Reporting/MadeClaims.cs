using Dfx.Harness.Reporting.Claims;
using Dfx.Harness.Reporting.Definitions;
using Dfx.Harness.Reporting.Statistics;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>Claims made by hand.</summary>
internal static class MadeClaims
{
    /// <summary>A claim that an effect lies below 0, and one comparison a list of values.</summary>
    internal static ClaimResult Below(string words, Verdict verdict, params double[][] trials)
    {
        var expected = new Expectation(Expected.Below, 0);
        var claim = new ClaimDefinition
        {
            Id = words,
            Says = words,
            Place = words,
            Holds = Quantifier.Every,
            Expected = expected,
            Test = new ComparisonTest([], CellQuery.All, CellQuery.All, CellQuery.All, Deviations: false),
        };
        return new(claim, verdict, [.. trials.Select(values => new Trial(words, expected, level => Estimate.Of(values, level)) { Scale = words })]);
    }
}

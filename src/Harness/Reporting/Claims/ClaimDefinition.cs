using Dfx.Harness.Reporting.Definitions;

namespace Dfx.Harness.Reporting.Claims;

/// <summary>Something that a paper says and that numbers can bear out.</summary>
internal sealed record ClaimDefinition
{
    internal required string Id { get; init; }

    /// <summary>The claim in words.</summary>
    internal required string Says { get; init; }

    /// <summary>Where the paper says it.</summary>
    internal required string Place { get; init; }

    /// <summary>How the trials of the claim decide it together.</summary>
    internal required Quantifier Holds { get; init; }

    /// <summary>What must be seen in each trial.</summary>
    internal required Expectation Expected { get; init; }

    internal required IClaimTest Test { get; init; }
}

/// <summary>How many of a claim's trials must bear it out.</summary>
internal enum Quantifier
{
    Every,
    Most,
    Any,
}

/// <summary>What is looked at.</summary>
internal interface IClaimTest;

/// <summary>A metric of some configurations against that of others, all else equal.</summary>
/// <param name="Metric">Patterns of metric names; the first that was measured counts.</param>
/// <param name="Cells">What holds for both.</param>
/// <param name="Of">Whose metric.</param>
/// <param name="Than">Compared with whose.</param>
/// <param name="Deviations">Compares standard deviations over seeds instead of means.</param>
internal sealed record ComparisonTest(IReadOnlyList<string> Metric, CellQuery Cells, CellQuery Of, CellQuery Than, bool Deviations) : IClaimTest;

/// <summary>The slope of a metric along an axis, such as the budget, over the logarithm of that.</summary>
/// <param name="Metric">Patterns of metric names; the first that was measured counts.</param>
/// <param name="Cells">The configurations.</param>
/// <param name="Along">An axis, or an option of what stands there: <c>method.reference-batch</c>.</param>
internal sealed record TrendTest(IReadOnlyList<string> Metric, CellQuery Cells, string Along) : IClaimTest;

/// <summary>A quantity of an analysis against another one, against a number, or along a column.</summary>
/// <param name="Analysis">The id or label of the analysis.</param>
/// <param name="Of">Which rows.</param>
/// <param name="Than">Compared with which rows of the same table; null for a number or a trend.</param>
/// <param name="Number">The number; 0 for a comparison of rows.</param>
/// <param name="Match">Columns that two compared rows share, or that the rows of one trend share.</param>
/// <param name="Along">For a trend, the column; null otherwise.</param>
/// <param name="Value">The column of the quantity.</param>
/// <param name="Error">The column of its standard error; null if it is exact.</param>
internal sealed record AnalysisTest(
    string Analysis, RowFilter Of, RowFilter? Than, double Number, IReadOnlyList<string> Match, string? Along, string Value, string? Error) : IClaimTest;

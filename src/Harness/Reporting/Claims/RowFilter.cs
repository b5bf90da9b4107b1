using Dfx.Harness.Reporting.Definitions;

namespace Dfx.Harness.Reporting.Claims;

/// <summary>Which rows of an analysis are meant: a condition a column, <c>&gt;3</c>, <c>&lt;=2</c>, or a pattern.</summary>
internal sealed record RowFilter(IReadOnlyDictionary<string, string> Conditions)
{
    private static readonly (string Sign, Func<double, double, bool> Holds)[] s_signs =
        [("<=", (a, b) => a <= b), (">=", (a, b) => a >= b), ("<", (a, b) => a < b), (">", (a, b) => a > b)];

    internal bool Matches(IReadOnlyDictionary<string, string> row) =>
        Conditions.All(condition => row.TryGetValue(condition.Key, out var value) && Matches(condition.Value, value));

    private static bool Matches(string condition, string value)
    {
        var (sign, holds) = Array.Find(s_signs, s => condition.StartsWith(s.Sign, StringComparison.Ordinal));
        return sign is null ? Glob.Matches(condition, value) : Numbers.Of(value) is { } a && Numbers.Of(condition[sign.Length..]) is { } b && holds(a, b);
    }
}

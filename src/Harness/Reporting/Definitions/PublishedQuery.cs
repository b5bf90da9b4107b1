namespace Dfx.Harness.Reporting.Definitions;

/// <summary>Which published number is meant.</summary>
/// <param name="Where">Patterns by column of the published rows; <c>{column}</c> stands for what the condition was before it was made more special.</param>
/// <param name="Read">The column that holds the number; null means <c>value</c>.</param>
/// <param name="Minus">What is subtracted from it.</param>
internal sealed record PublishedQuery(IReadOnlyDictionary<string, string> Where, string? Read = null, double? Minus = null)
{
    internal static PublishedQuery All { get; } = new(new Dictionary<string, string>());

    /// <summary>Both conditions; where they speak of the same column, the other one has the last word.</summary>
    internal PublishedQuery With(PublishedQuery other)
    {
        var where = new SortedDictionary<string, string>(Where.ToDictionary(), StringComparer.Ordinal);
        foreach (var (column, pattern) in other.Where)
        {
            where[column] = where.TryGetValue(column, out var known) ? pattern.Replace($"{{{column}}}", known, StringComparison.Ordinal) : pattern;
        }

        return new(where, other.Read ?? Read, other.Minus ?? Minus);
    }
}

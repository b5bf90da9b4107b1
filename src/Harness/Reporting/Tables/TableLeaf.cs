using Dfx.Harness.Reporting.Definitions;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>A row or column with all that it inherits.</summary>
/// <param name="Titles">Its groups' titles from the outermost, then its own.</param>
/// <param name="Query">What holds for all its numbers.</param>
/// <param name="Values">Several numbers in one place; none means one.</param>
/// <param name="Format">How they stand together.</param>
internal sealed record TableLeaf(IReadOnlyList<string> Titles, Query Query, IReadOnlyList<Query> Values, string? Format)
{
    /// <summary>The rows or columns of some entries and their groups, in their order.</summary>
    internal static IReadOnlyList<TableLeaf> Of(IEnumerable<TableEntry> entries) => [.. entries.SelectMany(entry => Of(entry, new([], Query.Empty, [], null)))];

    private static IEnumerable<TableLeaf> Of(TableEntry entry, TableLeaf above)
    {
        var leaf = new TableLeaf(
            [.. above.Titles, entry.Title],
            above.Query.With(entry.Query),
            entry.Values.Count > 0 ? entry.Values : above.Values,
            entry.Format ?? above.Format);
        return entry.Entries.Count > 0 ? entry.Entries.SelectMany(child => Of(child, leaf)) : [leaf];
    }
}

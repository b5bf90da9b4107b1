using Dfx.Harness.Matrix;
using Dfx.Harness.Reporting.Definitions;

namespace Dfx.Harness.Reporting.Tables;

/// <summary>A table of a paper: what its rows and columns are, and which numbers stand where they meet.</summary>
internal sealed record TableDefinition
{
    internal required string Id { get; init; }

    internal required string Title { get; init; }

    /// <summary>The paper and the table's place in it.</summary>
    internal required string Paper { get; init; }

    /// <summary>The name of the file of published rows; null if there is none.</summary>
    internal string? Published { get; init; }

    /// <summary>Where the definition names that file.</summary>
    internal Place? PublishedPlace { get; init; }

    /// <summary>What holds for every number of the table.</summary>
    internal required Query Query { get; init; }

    /// <summary>Axes each of whose values makes a table of its own: the paper's numbers beside those of one dataset at a time.</summary>
    internal required IReadOnlyList<string> Each { get; init; }

    internal required IReadOnlyList<TableEntry> Columns { get; init; }

    internal required IReadOnlyList<TableEntry> Rows { get; init; }

    internal IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A row or column, or a group of them under one title.</summary>
internal sealed record TableEntry
{
    internal required string Title { get; init; }

    internal required Query Query { get; init; }

    /// <summary>The rows or columns of a group, which inherit its query.</summary>
    internal IReadOnlyList<TableEntry> Entries { get; init; } = [];

    /// <summary>Several numbers in one place, such as before and after.</summary>
    internal IReadOnlyList<Query> Values { get; init; } = [];

    /// <summary>How they stand together: <c>{0} → {1}</c>, or <c>{0} ({1:+})</c> with a sign.</summary>
    internal string? Format { get; init; }
}

namespace Dfx.Harness.Reporting.Definitions;

/// <summary>A number of a table: where it is measured, and where it was published.</summary>
internal sealed record Query
{
    internal static Query Empty { get; } = new();

    /// <summary>The configurations; null if nothing is measured for it.</summary>
    internal CellQuery? Cells { get; init; }

    /// <summary>Patterns of metric names; the first one that was measured counts.</summary>
    internal IReadOnlyList<string>? Metric { get; init; }

    /// <summary>Instead of a metric, something else that was measured; see <see cref="MeasuredKinds"/>.</summary>
    internal string? Value { get; init; }

    /// <summary>The published number; null if none was.</summary>
    internal PublishedQuery? Published { get; init; }

    /// <summary>Which one of several configurations is shown, after those of <see cref="Preference.Always"/>.</summary>
    internal IReadOnlyList<Preference> Choose { get; init; } = [];

    /// <summary>Takes the number from an earlier checkpoint, the first that is good enough; null for the last one.</summary>
    internal Reach? Reach { get; init; }

    /// <summary>What is subtracted from both.</summary>
    internal Query? Less { get; init; }

    internal Query With(Query other) => new()
    {
        Cells = Cells is null ? other.Cells : other.Cells is null ? Cells : Cells.With(other.Cells),
        Metric = other.Value is null ? other.Metric ?? Metric : null,
        Value = other.Metric is null ? other.Value ?? Value : null,
        Published = Published is null ? other.Published : other.Published is null ? Published : Published.With(other.Published),
        Choose = Preference.With(Choose, other.Choose),
        Reach = other.Reach ?? Reach,
        Less = other.Less ?? Less,
    };
}

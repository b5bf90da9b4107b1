using Dfx.Harness.Matrix;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Reporting.Definitions;

/// <summary>Reads the queries of tables and claims.</summary>
internal static class QueryReader
{
    private static readonly string[] s_axes = [.. Leaderboard.Axes, "checkpoint"];

    /// <summary>The keys <c>cell</c>, <c>metric</c>, <c>value</c>, <c>published</c>, <c>choose</c>, <c>reach</c> and <c>less</c> of a mapping.</summary>
    internal static Query Read(YamlMap map) => new()
    {
        Cells = map.Find("cell") is { } cell ? Cells(cell) : null,
        Metric = map.Find("metric") is { } metric ? Words(metric) : null,
        Value = map.Find("value") is { } value ? Known(value, MeasuredKinds.Names) : null,
        Published = map.Find("published") is { } published ? Published(published) : null,
        Choose = map.Find("choose") is { } wanted ? [.. wanted.Map().Entries().Select(entry => Preference.Read(entry.Key, entry.Value))] : [],
        Reach = map.Find("reach") is { } reach ? Reach.Read(reach) : null,
        Less = map.Find("less") is { } less ? Whole(less) : null,
    };

    /// <summary>Patterns by axis.</summary>
    internal static CellQuery Cells(YamlValue value) => new(value.Map().Entries().ToDictionary(
        entry => Axis(entry.Key, entry.Value), entry => Pattern(entry.Value), StringComparer.Ordinal));

    internal static IReadOnlyList<string> Words(YamlValue value) => [.. value.Items().Select(item => item.Text())];

    /// <summary>One of several words.</summary>
    internal static string Known(YamlValue value, IEnumerable<string> words) => words.Contains(value.Text())
        ? value.Text()
        : throw value.Place.Error($"{value.Name} cannot be '{value.Text()}'; the nearest is '{NearestName.Of(value.Text(), words)}'");

    private static Query Whole(YamlValue value)
    {
        var map = value.Map();
        var query = Read(map);
        map.Finish();
        return query;
    }

    /// <summary>A coordinate of cells.</summary>
    internal static string Axis(string name, YamlValue value) => s_axes.Contains(name)
        ? name
        : throw value.Place.Error($"cells have no coordinate '{name}'; the nearest is '{NearestName.Of(name, s_axes)}'");

    private static AxisPattern Pattern(YamlValue value) => value.IsMap
        ? new(null, value.Map().Entries().ToDictionary(entry => entry.Key, entry => Words(entry.Value), StringComparer.Ordinal))
        : new(Words(value), new Dictionary<string, IReadOnlyList<string>>());

    private static PublishedQuery Published(YamlValue value)
    {
        var map = value.Map();
        var (read, minus) = (map.Find("read"), map.Find("minus"));
        var where = map.Entries().Where(entry => entry.Key is not ("read" or "minus")).ToDictionary(entry => entry.Key, entry => entry.Value.Text(), StringComparer.Ordinal);
        return new(where, read?.Text(), minus?.Double(_ => true, ""));
    }
}

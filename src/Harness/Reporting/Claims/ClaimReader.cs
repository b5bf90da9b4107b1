using Dfx.Harness.Matrix;
using Dfx.Harness.Reporting.Definitions;

namespace Dfx.Harness.Reporting.Claims;

/// <summary>Reads a plugin's claims. The format is explained in docs/tables.md.</summary>
internal static class ClaimReader
{
    private const string Falling = "falling";
    private const string Rising = "rising";

    private static readonly Dictionary<string, Expected> s_directions = new(StringComparer.Ordinal)
    {
        ["below"] = Expected.Below,
        ["above"] = Expected.Above,
        ["better"] = Expected.Better,
        ["worse"] = Expected.Worse,
        ["within"] = Expected.Within,
        [Falling] = Expected.Below,
        [Rising] = Expected.Above,
    };

    /// <exception cref="UsageException">Something in it is unknown, missing or out of range; the message names file, line and column.</exception>
    internal static IReadOnlyList<ClaimDefinition> Read(string path)
    {
        var map = YamlFile.Read(path, "the file of claims").Map();
        var claims = map.Get("claims").Items().Select(Claim).ToList();
        map.Finish();
        return claims;
    }

    private static ClaimDefinition Claim(YamlValue value)
    {
        var map = value.Map();
        var claim = new ClaimDefinition
        {
            Id = map.Get("id").Text(),
            Says = map.Get("says").Text(),
            Place = map.Get("place").Text(),
            Holds = map.Read("holds", Quantifier.Every, Holds),
            Expected = new(s_directions[QueryReader.Known(map.Get("is"), s_directions.Keys)], map.Read("margin", 0.0, Margin)),
            Test = Test(map),
        };
        map.Finish();
        return claim;
    }

    private static Quantifier Holds(YamlValue value) => QueryReader.Known(value, ["every", "most", "any"]) switch
    {
        "every" => Quantifier.Every,
        "most" => Quantifier.Most,
        _ => Quantifier.Any,
    };

    private static double Margin(YamlValue value) => value.Double(margin => margin >= 0, "of 0 or more");

    private static IClaimTest Test(YamlMap map)
    {
        var along = map.Find("along");
        return (map.Find("analysis"), along) switch
        {
            ({ } analysis, _) => Analysis(map, analysis, along),
            (_, { } axis) => new TrendTest(QueryReader.Words(map.Get("metric")), Cells(map, "cells"), axis.Text()),
            _ => new ComparisonTest(
                QueryReader.Words(map.Get("metric")), Cells(map, "cells"), QueryReader.Cells(map.Get("of")), QueryReader.Cells(map.Get("than")),
                map.Read("deviations", false, v => v.Bool())),
        };
    }

    private static CellQuery Cells(YamlMap map, string key) => map.Read(key, CellQuery.All, QueryReader.Cells);

    private static AnalysisTest Analysis(YamlMap map, YamlValue analysis, YamlValue? along)
    {
        var than = along is null ? map.Get("than") : null;
        return new(
            analysis.Text(),
            map.Read("of", new RowFilter(new Dictionary<string, string>()), Rows),
            than is { IsMap: true } ? Rows(than) : null,
            than is { IsMap: false } ? than.Double(_ => true, "") : 0,
            map.Read("match", [], QueryReader.Words),
            along?.Text(),
            map.Get("value").Text(),
            map.Find("error")?.Text());
    }

    private static RowFilter Rows(YamlValue value) =>
        new(value.Map().Entries().ToDictionary(entry => entry.Key, entry => entry.Value.Text(), StringComparer.Ordinal));
}

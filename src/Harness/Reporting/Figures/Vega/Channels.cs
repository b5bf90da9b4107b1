using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Dfx.Harness.Reporting.Figures.Vega;

/// <summary>The encodings that the layers of a figure share.</summary>
internal static class Channels
{
    /// <summary>In pixels: about what pictures show of a label on four lines. Vega's own limit is 160 to 180, where long labels that begin alike look alike.</summary>
    private const int LongestLabel = 1200;

    private static readonly ImmutableArray<string> s_shapes = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right"];

    internal static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    /// <summary>A numeric axis.</summary>
    internal static JsonObject Axis(string field, Axis axis) => new()
    {
        ["field"] = field,
        ["type"] = "quantitative",
        ["title"] = axis.Title,
        ["scale"] = Scale(axis),
        ["axis"] = new JsonObject { ["values"] = new JsonArray([.. axis.Ticks.Select(tick => (JsonNode)tick)]), ["format"] = "~g" },
    };

    private static JsonObject Scale(Axis axis)
    {
        var scale = new JsonObject { ["type"] = axis.IsLog ? "log" : "linear", ["domain"] = new JsonArray(axis.Min, axis.Max), ["nice"] = false };
        if (!axis.IsLog)
        {
            // Logarithmic scales do not know the setting, and warn of it.
            scale["zero"] = false;
        }

        return scale;
    }

    /// <summary>The axis of the categories.</summary>
    internal static JsonObject Rows(Figure figure) => new()
    {
        ["field"] = "y",
        ["type"] = "nominal",
        ["title"] = null,
        ["sort"] = Texts(figure.Categories),
        ["axis"] = new JsonObject { ["labelLimit"] = LongestLabel },
    };

    internal static JsonObject Color(Figure figure) => BySeries(figure, series => series.Style.Color);

    internal static JsonObject Shape(Figure figure) => BySeries(figure, series => s_shapes[series.Style.Shape % s_shapes.Length]);

    internal static JsonObject Dash(Figure figure) =>
        BySeries(figure, series => new JsonArray([.. series.Style.Dashes.Select(length => (JsonNode)length)]));

    /// <summary>What a pointer over a point shows.</summary>
    internal static JsonArray Tooltip(Figure figure)
    {
        var (value, place) = figure.IsHorizontal ? ("x", "y") : ("y", "x");
        var (valueTitle, placeTitle) = figure.IsHorizontal ? (figure.X.Title, "name") : (figure.Y.Title, figure.X.Title);
        var points = figure.Panels.SelectMany(panel => panel.Series).SelectMany(series => series.Points).ToList();
        return new(
        [
            .. figure.Panels.Count > 1 ? [Line("panel", "panel", false)] : (JsonNode[])[],
            Line("series", "series", false),
            Line(place, placeTitle, !figure.IsHorizontal),
            Line(value, valueTitle, true),
            .. points.Exists(p => p.Low is not null) ? [Line("low", "lowest", true), Line("high", "highest", true)] : (JsonNode[])[],
            .. points.Exists(p => p.Seeds > 0) ? [Line("seeds", "seeds", false)] : (JsonNode[])[],
        ]);
    }

    private static JsonObject Line(string field, string title, bool isNumber) => isNumber
        ? new() { ["field"] = field, ["title"] = title, ["type"] = "quantitative", ["format"] = ".5~g" }
        : new() { ["field"] = field, ["title"] = title, ["type"] = "nominal" };

    private static JsonObject BySeries(Figure figure, Func<Series, JsonNode> of) => new()
    {
        ["field"] = "series",
        ["type"] = "nominal",
        ["title"] = null,
        ["scale"] = new JsonObject
        {
            ["domain"] = Texts(figure.Legend.Select(series => series.Name)),
            ["range"] = new JsonArray([.. figure.Legend.Select(of)]),
        },
        ["legend"] = figure.Mark == Mark.Bar || figure.Legend.Count == 1 ? null : new JsonObject { ["symbolLimit"] = 0, ["symbolOpacity"] = 1, ["labelLimit"] = LongestLabel },
    };
}

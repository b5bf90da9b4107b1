using System.Text.Json.Nodes;

namespace Dfx.Harness.Reporting.Figures.Vega;

/// <summary>The layers of a figure, from the back to the front.</summary>
internal static class Layers
{
    private const string Pick = "pick";
    private const double Faded = 0.12;

    internal static IEnumerable<JsonNode> Of(Figure figure) => figure.Mark switch
    {
        Mark.Line => Lines(figure),
        Mark.Bar => Bars(figure),
        _ => Intervals(figure),
    };

    private static IEnumerable<JsonNode> Lines(Figure figure)
    {
        var (x, y) = (Channels.Axis("x", figure.X), Channels.Axis("y", figure.Y));
        if (HasIntervals(figure))
        {
            yield return Layer(
                new() { ["type"] = "area", ["tooltip"] = false },
                new()
                {
                    ["x"] = x.DeepClone(),
                    ["y"] = Channels.Axis("low", figure.Y),
                    ["y2"] = new JsonObject { ["field"] = "high" },
                    ["color"] = Channels.Color(figure),
                    ["opacity"] = Picked(0.15, 0.03),
                });
        }

        yield return Layer(
            new() { ["type"] = "line", ["strokeWidth"] = 1.75, ["tooltip"] = false },
            new()
            {
                ["x"] = x.DeepClone(),
                ["y"] = y.DeepClone(),
                ["color"] = Channels.Color(figure),
                ["strokeDash"] = Channels.Dash(figure),
                ["opacity"] = Picked(1, Faded),
            });
        yield return Points(figure, x, y);
    }

    private static IEnumerable<JsonNode> Bars(Figure figure)
    {
        yield return WithPick(Layer(
            new() { ["type"] = "bar", ["opacity"] = 0.8 },
            new()
            {
                ["x"] = Channels.Axis("x", figure.X),
                ["y"] = Channels.Rows(figure),
                ["color"] = Channels.Color(figure),
                ["tooltip"] = Channels.Tooltip(figure),
            }));
        if (HasIntervals(figure))
        {
            yield return Whiskers(figure);
        }
    }

    private static IEnumerable<JsonNode> Intervals(Figure figure)
    {
        if (figure.X.Reference is { } place)
        {
            yield return Layer(new() { ["type"] = "rule", ["tooltip"] = false, ["aria"] = false }, new() { ["x"] = new JsonObject { ["datum"] = place } });
        }

        if (HasIntervals(figure))
        {
            yield return Whiskers(figure);
        }

        yield return Points(figure, Channels.Axis("x", figure.X), Channels.Rows(figure));
    }

    private static JsonObject Points(Figure figure, JsonObject x, JsonObject y) => WithPick(Layer(
        new() { ["type"] = "point", ["filled"] = true, ["size"] = 60, ["strokeWidth"] = 6, ["stroke"] = "transparent" },
        new()
        {
            ["x"] = x.DeepClone(),
            ["y"] = y.DeepClone(),
            ["color"] = Channels.Color(figure),
            ["shape"] = Channels.Shape(figure),
            ["opacity"] = Picked(1, Faded),
            ["tooltip"] = Channels.Tooltip(figure),
        }));

    private static JsonObject Whiskers(Figure figure)
    {
        var encoding = new JsonObject
        {
            ["x"] = Channels.Axis("low", figure.X),
            ["x2"] = new JsonObject { ["field"] = "high" },
            ["y"] = Channels.Rows(figure),
        };
        if (figure.Mark == Mark.Interval)
        {
            encoding["color"] = Channels.Color(figure);
        }

        return Layer(new() { ["type"] = "rule", ["strokeWidth"] = 1.5, ["tooltip"] = false }, encoding);
    }

    private static JsonObject Layer(JsonObject mark, JsonObject encoding) => new() { ["mark"] = mark, ["encoding"] = encoding };

    /// <summary>A click on the legend fades the other series.</summary>
    private static JsonObject WithPick(JsonObject layer)
    {
        layer["params"] = new JsonArray(new JsonObject
        {
            ["name"] = Pick,
            ["select"] = new JsonObject { ["type"] = "point", ["fields"] = new JsonArray("series") },
            ["bind"] = "legend",
        });
        return layer;
    }

    private static JsonObject Picked(double shown, double faded) => new()
    {
        ["condition"] = new JsonObject { ["param"] = Pick, ["value"] = shown },
        ["value"] = faded,
    };

    private static bool HasIntervals(Figure figure) =>
        figure.Panels.SelectMany(panel => panel.Series).SelectMany(series => series.Points).Any(point => point.Low is not null);
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dfx.Harness.Reporting.Figures.Vega;

/// <summary>A figure as a Vega-Lite specification with its data inside: the same record that ScottPlot draws.</summary>
internal static class VegaLite
{
    private const string Schema = "https://vega.github.io/schema/vega-lite/v6.json";
    private const int MostColumns = 3;

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>The specification as the content of a file.</summary>
    internal static string Text(Figure figure) => Spec(figure).ToJsonString(s_indented) + "\n";

    /// <summary>The specification.</summary>
    internal static JsonObject Spec(Figure figure)
    {
        var multiple = figure.Panels.Count > 1;
        var view = View(figure, multiple);
        var spec = new JsonObject
        {
            ["$schema"] = Schema,
            ["description"] = $"{figure.Title}. {figure.Caption}",
            ["data"] = new JsonObject { ["values"] = Values(figure) },
        };
        if (!multiple)
        {
            foreach (var (key, value) in view)
            {
                spec[key] = value?.DeepClone();
            }

            return spec;
        }

        spec["facet"] = new JsonObject
        {
            ["field"] = "panel",
            ["type"] = "nominal",
            ["title"] = null,
            ["sort"] = Channels.Texts(figure.Panels.Select(panel => panel.Title)),
        };
        spec["columns"] = Math.Min(MostColumns, figure.Panels.Count);
        spec["spec"] = view;
        return spec;
    }

    private static JsonObject View(Figure figure, bool multiple) => new()
    {
        ["width"] = multiple ? 210 : 380,
        ["height"] = figure.IsHorizontal ? new JsonObject { ["step"] = 22 } : multiple ? 170 : 260,
        ["layer"] = new JsonArray([.. Layers.Of(figure)]),
    };

    private static JsonArray Values(Figure figure) => new(
    [.. from panel in figure.Panels
        from series in panel.Series
        from point in series.Points
        select (JsonNode)Value(figure, panel, series, point)]);

    private static JsonObject Value(Figure figure, Panel panel, Series series, DataPoint point)
    {
        var value = new JsonObject { ["x"] = point.X, ["y"] = point.Y, ["series"] = series.Name };
        if (figure.IsHorizontal)
        {
            value["y"] = figure.Categories[(int)point.Y];
        }

        if (point is { Low: { } low, High: { } high } && double.IsFinite(low) && double.IsFinite(high))
        {
            (value["low"], value["high"]) = (low, high);
        }

        if (point.Seeds > 0)
        {
            value["seeds"] = point.Seeds;
        }

        if (panel.Title.Length > 0)
        {
            value["panel"] = panel.Title;
        }

        return value;
    }
}

using System.Text.Json.Nodes;
using Dfx.Harness.Reporting.Figures;
using Dfx.Harness.Reporting.Figures.Makers;
using Dfx.Harness.Reporting.Figures.Vega;

namespace Dfx.Harness.Tests.Reporting.Figures;

/// <summary>The structure of specifications. That Vega-Lite takes them without a warning is a test in the browser.</summary>
public sealed class VegaLiteTests
{
    private static IEnumerable<Figure> Figures() =>
    [
        .. FigureList.Of(MadeResults.Of(MadeResults.Grid()), []),
        ClaimsFigure.Make([new("a beats b", "reproduced", 1, 0.5, 2, 3), new("c beats d", "contradicted", -1, null, null, 1)], "difference")!,
    ];

    [TestCaseSource(nameof(Figures))]
    public void Every_field_is_in_the_data(object figure)
    {
        var spec = VegaLite.Spec((Figure)figure);
        var keys = spec["data"]!["values"]!.AsArray().SelectMany(value => value!.AsObject().Select(pair => pair.Key)).ToHashSet();
        Assert.That(Nodes(spec, "field").Select(node => node!.GetValue<string>()).Distinct(), Is.SubsetOf(keys));
    }

    [TestCaseSource(nameof(Figures))]
    public void Domains_and_ranges_agree(object figure)
    {
        var spec = VegaLite.Spec((Figure)figure);
        var scales = Nodes(spec, "scale").Select(node => node!.AsObject()).ToList();
        var series = spec["data"]!["values"]!.AsArray().Select(value => value!["series"]!.GetValue<string>()).Distinct().Count();
        using (Assert.EnterMultipleScope())
        {
            foreach (var scale in scales.Where(scale => scale.ContainsKey("range")))
            {
                Assert.That(scale["domain"]!.AsArray(), Has.Count.EqualTo(series).And.Count.EqualTo(scale["range"]!.AsArray().Count));
            }

            foreach (var scale in scales.Where(scale => scale["type"]?.GetValue<string>() is "log" or "linear"))
            {
                var domain = scale["domain"]!.AsArray().Select(node => node!.GetValue<double>()).ToList();
                Assert.That(domain[0], Is.LessThan(domain[1]));
                Assert.That(domain[0] > 0 || scale["type"]!.GetValue<string>() == "linear", "a logarithm of 0");
            }
        }
    }

    [TestCaseSource(nameof(Figures))]
    public void Every_value_is_there_once(object figure)
    {
        var made = (Figure)figure;
        Assert.That(VegaLite.Spec(made)["data"]!["values"]!.AsArray(), Has.Count.EqualTo(made.Panels.Sum(panel => panel.Series.Sum(series => series.Points.Count))));
    }

    private static IEnumerable<JsonNode?> Nodes(JsonNode? node, string name) => node switch
    {
        JsonObject pairs => pairs.SelectMany(pair => pair.Key == name ? [pair.Value] : pair.Key == "data" ? [] : Nodes(pair.Value, name)),
        JsonArray items => items.SelectMany(item => Nodes(item, name)),
        _ => [],
    };
}

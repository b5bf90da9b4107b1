using System.Globalization;
using Dfx.Harness.Reporting;
using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>Cells that are made by hand.</summary>
internal static class TestCells
{
    /// <summary>A measured cell of metric <c>fd</c>, lower is better.</summary>
    internal static CellRow Fd(string method, int seed, double value, params (string Axis, string Value)[] axes) => Of(method, seed, [Metric("fd", value)], axes);

    internal static CellRow Of(string method, int seed, IReadOnlyList<MeasuredValue> metrics, params (string Axis, string Value)[] axes)
    {
        var all = Axes(method, seed, axes);
        return new(
            all, "key " + string.Join(' ', all.Values), "ok", null,
            new() { NfeUsed = double.Parse(all["nfe"], CultureInfo.InvariantCulture), NfeAuxiliary = 0, NfeCorrection = 0, Parameters = 100, Metrics = metrics },
            new() { SecondsPerImage = 0.25, TrainSeconds = 3600 });
    }

    /// <summary>A cell without a result.</summary>
    internal static CellRow Without(string status, string? message, string method, int seed, params (string Axis, string Value)[] axes)
    {
        var all = Axes(method, seed, axes);
        return new(all, "key " + string.Join(' ', all.Values), status, message, null, null);
    }

    internal static MeasuredValue Metric(string name, double value, Direction better = Direction.Lower, char protocol = 'p') =>
        new(name, value, null, better, new(protocol, 16), new Dictionary<string, string> { ["samples"] = "16", ["extractor"] = "fmnist-cnn" });

    internal static Results Results(params IEnumerable<CellRow> cells) => new("m", [.. cells.Order(CellOrder.Instance)]) { Baseline = "dsm" };

    private static SortedDictionary<string, string> Axes(string method, int seed, (string Axis, string Value)[] more)
    {
        var axes = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["dataset"] = "d",
            ["task"] = "generate",
            ["method"] = method,
            ["correction"] = "none",
            ["sampler"] = "heun",
            ["nfe"] = "5",
            ["checkpoint"] = "1",
            ["steps"] = "20",
            ["ema"] = "default",
            ["batch"] = "4",
            ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
            ["samples"] = "16",
            ["precision"] = "float32",
            ["device"] = "cpu",
            ["threads"] = "2",
            ["network"] = "ddpmpp-8",
        };
        foreach (var (axis, value) in more)
        {
            axes[axis] = value;
        }

        return axes;
    }
}

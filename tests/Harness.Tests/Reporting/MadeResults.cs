using System.Globalization;
using Dfx.Harness.Reporting;
using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>Results that are made by hand: what figures and pages are made of, without a run.</summary>
internal static class MadeResults
{
    /// <summary>A cell with a value of <c>fd</c>.</summary>
    internal static CellRow Cell(string method, string sampler, int nfe, int seed, double fd, string checkpoint = "1", double trainSeconds = 100) => new(
        Axes(method, sampler, nfe, seed, checkpoint), Key(method, sampler, nfe, seed, checkpoint), "ok", null,
        new() { NfeUsed = nfe, NfeAuxiliary = 0, NfeCorrection = 0, Parameters = 1000, Metrics = [Fd(fd)] },
        new() { SecondsPerImage = 0.25, TrainSeconds = trainSeconds });

    /// <summary>A cell without a result.</summary>
    internal static CellRow Failed(string method, string sampler, int nfe, int seed, string status, string message) =>
        new(Axes(method, sampler, nfe, seed, "1"), Key(method, sampler, nfe, seed, "1"), status, message, null, null);

    internal static Results Of(params CellRow[] cells) => new("made", [.. cells.Order(CellOrder.Instance)]);

    /// <summary>Two methods, two samplers, two budgets and two seeds.</summary>
    internal static CellRow[] Grid() =>
    [.. from method in (string[])["dsm", "p2"]
        from sampler in (string[])["ddim", "heun"]
        from nfe in (int[])[5, 35]
        from seed in (int[])[0, 1]
        select Cell(method, sampler, nfe, seed, (method == "dsm" ? 10 : 20) + (50.0 / nfe) + seed)];

    internal static Manifest Manifest() => new()
    {
        Matrix = "made",
        Source = "datasets: [d]\n",
        Environment = new Dictionary<string, string> { ["runtime"] = ".NET" },
        Plugins = new Dictionary<string, string> { ["P.dll"] = new('a', 64) },
        Jobs = [],
    };

    private static MeasuredValue Fd(double value) =>
        new("fd", value, null, Direction.Lower, new('p', 16), new Dictionary<string, string> { ["extractor"] = "made" });

    private static string Key(string method, string sampler, int nfe, int seed, string checkpoint) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"{method} {sampler} {nfe} {seed} {checkpoint}"))));

    private static Dictionary<string, string> Axes(string method, string sampler, int nfe, int seed, string checkpoint) => new()
    {
        ["dataset"] = "d",
        ["task"] = "generate",
        ["method"] = method,
        ["correction"] = "none",
        ["sampler"] = sampler,
        ["nfe"] = nfe.ToString(CultureInfo.InvariantCulture),
        ["checkpoint"] = checkpoint,
        ["steps"] = (1000 * double.Parse(checkpoint, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture),
        ["batch"] = "4",
        ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
        ["samples"] = "16",
        ["precision"] = "float32",
        ["device"] = "cpu",
        ["threads"] = "2",
    };
}

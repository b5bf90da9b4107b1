using Dfx.Harness.Reporting;
using Words = System.Collections.Generic.IReadOnlyDictionary<string, string>;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>What the labels of test cells stand for: <c>dsm-ve</c> is <c>dsm</c> with <c>process</c> <c>ve</c>, and so on.</summary>
internal static class TestLabels
{
    private static readonly string[] s_processes = ["dsm-ve", "dsm-vp", "dsm-edm", "stf-ve", "stf-vp", "stf-edm"];
    private static readonly string[] s_batches = ["stf-n64", "stf-n256"];

    internal static Labels All { get; } = new(new Dictionary<string, IReadOnlyDictionary<string, Words>>
    {
        ["method"] = new Dictionary<string, Words>(
        [
            .. s_processes.Select(label => Label(label, ("id", label[..3]), ("process", label[4..]))),
            .. s_batches.Select(label => Label(label, ("id", "stf"), ("reference-batch", label[5..]))),
            Label("stf-edm-512", ("id", "stf"), ("process", "edm"), ("reference-batch", "512")),
            Label("stf-edm-4096", ("id", "stf"), ("process", "edm"), ("reference-batch", "4096")),
        ]),
        ["sampler"] = new Dictionary<string, Words>(
        [
            Label("heun", ("id", "heun"), ("sigma-max", "null"), ("s-churn", "0")),
            Label("ddim", ("id", "ddim"), ("eta", "0"), ("clip", "false")),
            Label("heun-30", ("id", "heun"), ("sigma-max", "30"), ("s-churn", "0")),
        ]),
        ["analysis"] = new Dictionary<string, Words>([Label("variance", ("id", "stf-variance"))]),
    });

    private static KeyValuePair<string, Words> Label(string label, params (string Name, string Value)[] words) =>
        new(label, words.ToDictionary(w => w.Name, w => w.Value));
}

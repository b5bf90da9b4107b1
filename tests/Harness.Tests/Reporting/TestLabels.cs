using Dfx.Harness.Reporting;

namespace Dfx.Harness.Tests.Reporting;

/// <summary>What the labels of test cells stand for: <c>dsm-ve</c> is <c>dsm</c> with <c>process</c> <c>ve</c>, and so on.</summary>
internal static class TestLabels
{
    internal static Labels All { get; } = new(new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>
    {
        ["method"] = ((string[])["dsm-ve", "dsm-vp", "dsm-edm", "stf-ve", "stf-vp", "stf-edm", "stf-n64", "stf-n256"]).ToDictionary(
            label => label, IReadOnlyDictionary<string, string> (label) => label[4] == 'n' ? Words(("id", "stf"), ("reference-batch", label[5..])) : Words(("id", label[..3]), ("process", label[4..]))),
        ["analysis"] = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["variance"] = Words(("id", "stf-variance")) },
    });

    private static Dictionary<string, string> Words(params (string Name, string Value)[] words) => words.ToDictionary(w => w.Name, w => w.Value);
}

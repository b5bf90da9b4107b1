using System.Text.RegularExpressions;

namespace Dfx.Harness.Tests;

/// <summary>Calls that compile and do something else than they seem to: no source makes them. docs/tensors.md says what each does.</summary>
public sealed class SourceRuleTests
{
    private static readonly string[] s_folders = ["src", "plugins", "baselines", "benchmarks"];

    // Name of the trap, what finds it, what to write, a line that falls in and one that does not.
    private static readonly (string Name, string Pattern, string Instead, string Bad, string Good)[] s_rules =
    [
        ("a namespace of the tensor library", @"using\s+TorchSharp\b|(?<!static )\bTorchSharp\.[A-Z]", "the global usings supply it", "using TorchSharp;", "using static TorchSharp.torch.autograd;"),
        ("a literal 0 is a dtype", @"\b(?:sum|prod)\((?:\s*\w+\s*,)?\s*0\s*[,)]", "0L", "x.sum(0)", "x.sum(0L)"),
        ("a literal 0 is a dtype", @"\b(?:sum|prod)\((?:\s*\w+\s*,)?\s*0\s*[,)]", "0L", "torch.prod(x, 0)", "x.sum(10)"),
        ("a norm's number is a dimension", @"\.norm\(\s*\d", "norm(dim: …, p: …) by name", "x.norm(1)", "x.norm()"),
        ("a second handle that nobody disposes", @"\.(?:zero|triu|tril|gelu)_\(", "fill_(0) and the like", "x.zero_()", "x.fill_(0)"),
        ("an operator on tensors", @"[!=]= null\b", "is null", "x != null", "x is not null"),
        ("devices are compared by reference", @"\.device\s*[!=]=", "device_type and device_index", "x.device == y.device", "x.device_type == y.device_type"),
        ("weights that are written before they are checked", @"\bload_state_dict\(", "CopyWeights", "net.load_state_dict(w)", "net.CopyWeights(w)"),
        ("scale and shift are not set", @"\bnn\.GroupNorm\(", "a layer that sets them", "torch.nn.GroupNorm(8, 64)", "torch.nn.functional.group_norm(x, 8)"),
        ("one number pads every dimension", @"\bpad\(\s*\w+\s*,\s*\d+\s*[,)]", "a list", "torch.nn.functional.pad(x, 1)", "torch.nn.functional.pad(x, [1, 1])"),
        ("a buffer that .to(device) leaves behind", @"persistent:\s*false", "a tensor made where the input is", "register_buffer(n, t, persistent: false)", "register_buffer(n, t)"),
    ];

    public static IEnumerable<TestCaseData> Rules() => s_rules.Select((r, i) => new TestCaseData(i).SetArgDisplayNames($"{r.Name}, {i}"));

    [TestCaseSource(nameof(Rules))]
    public void No_source_falls_in(int rule)
    {
        var (name, pattern, instead, _, _) = s_rules[rule];
        var offenders =
            from source in Repository.Sources(s_folders)
            where !Exempt(source.Path)
            from match in Regex.Matches(source.Text, pattern)
            select $"{source.Path}: {match.Value}";
        Assert.That(offenders, Is.Empty, $"{name}: write {instead}.");
    }

    [TestCaseSource(nameof(Rules))]
    public void The_trap_is_found_and_what_is_right_is_not(int rule)
    {
        var (_, pattern, _, bad, good) = s_rules[rule];
        Assert.That(Regex.IsMatch(bad, pattern), Is.True, bad);
        Assert.That(Regex.IsMatch(good, pattern), Is.False, good);
    }

    // A network of the benchmarks is PyTorch's own, layer by layer, and sets its norms itself.
    private static bool Exempt(string path) => path.StartsWith("benchmarks/UNet/", StringComparison.Ordinal);
}

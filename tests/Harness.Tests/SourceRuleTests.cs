using System.Text.RegularExpressions;

namespace Dfx.Harness.Tests;

/// <summary>Rules that keep the sources fit for both tensor libraries.</summary>
public sealed partial class SourceRuleTests
{
    private static readonly string[] s_folders = ["src", "plugins", "baselines", "benchmarks", "templates"];

    // The binding itself, and the two sets of files that exist for one library each.
    private static readonly string[] s_ownWorld = ["src/Torch/", "src/Numerics/Libtorch/", "src/Numerics/TorchSharp/"];

    [Test]
    public void No_source_names_the_tensor_library() =>
        Assert.That(Offenders(LibraryName()), Is.Empty, "The global usings of Directory.Build.targets supply the namespace.");

    [Test]
    public void No_reduction_over_a_literal_zero() =>
        Assert.That(Offenders(LiteralZero()), Is.Empty, "TorchSharp takes a literal 0 for a dtype: write 0L.");

    [Test]
    public void No_call_of_zero_() =>
        Assert.That(Offenders(ZeroInPlace()), Is.Empty, "TorchSharp's zero_() leaves the tensor as it was: write fill_(0).");

    [TestCase("x.sum(0)", true)]
    [TestCase("x.prod( 0 , true)", true)]
    [TestCase("torch.sum(x, 0)", true)]
    [TestCase("x.sum(0L)", false)]
    [TestCase("x.sum(10)", false)]
    [TestCase("x.sum()", false)]
    public void A_literal_zero_is_found(string code, bool found) => Assert.That(LiteralZero().IsMatch(code), Is.EqualTo(found));

    private static IEnumerable<string> Offenders(Regex rule) =>
        from source in Repository.Sources(s_folders)
        where !s_ownWorld.Any(w => source.Path.StartsWith(w, StringComparison.Ordinal))
        from match in rule.Matches(source.Text)
        select $"{source.Path}: {match.Value}";

    [GeneratedRegex(@"using\s+(?:static\s+)?(?:Dfx\.Torch|TorchSharp)\b|\b(?:Dfx\.Torch|TorchSharp)\.[A-Za-z]")]
    private static partial Regex LibraryName();

    [GeneratedRegex(@"\b(?:sum|prod)\((?:\s*\w+\s*,)?\s*0\s*[,)]")]
    private static partial Regex LiteralZero();

    [GeneratedRegex(@"\.zero_\(")]
    private static partial Regex ZeroInPlace();
}

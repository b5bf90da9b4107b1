namespace Dfx.Harness.Tests.Matrix;

/// <summary>YAML that the parser refuses by an exception of .NET's own, and not by one of YAML: an error with its line all the same.</summary>
public sealed class YamlRefusalTests
{
    // Half a surrogate pair, a code above Unicode's last, an empty tag, a tag that is no URI, a directive without a prefix, and lists that do not end.
    [TestCase("nfe: 5\nname: \"\\uD800\"\n", 2)]
    [TestCase("nfe: 5\nname: \"\\UF0110000\"\n", 2)]
    [TestCase("nfe: 5\n\nname: \"\\U80110000\"\n", 3)]
    [TestCase("nfe: 5\nname: !<> x\n", 2)]
    [TestCase("nfe: 5\nname: !!0[ x\n", 2)]
    [TestCase("%TAG ! \nu\n", 1)]
    [TestCase("nfe: 5\nseeds:\n-\n{\na", 5)]
    public void Is_an_error_with_its_line(string text, int line)
    {
        var error = Matrices.Error(text);
        Assert.That(error, Does.Match($@"^m\.yaml:{line}:\d+: ").And.Contain("this is no valid YAML").And.Not.Contain("Parameter '").And.Not.Contain("\n"), error);
    }

    /// <summary>Seeds of the above with random changes: what the parser throws, whatever it is, is an error of the file.</summary>
    [Test]
    public void Whatever_the_parser_throws()
    {
        string[] seeds = ["a: \"\\uD800\"", "a: \"\\UFFFFFFFF\"", "%YAML 1.1\n---\na", "%TAG ! tag:x\n---\n!a b", "a: !<%FF> x", "a: !%zz x", "a: [b, {c: d}]", "? a\n: &x b\n*x : c", "a: |9\n b"];
        const string alphabet = "[]{}:,-#&*!|>'\"%@`\n \t0~?<=\\aéuUxFD8\0.";
        var random = new Random(7);
        for (var i = 0; i < 4000; i++)
        {
            var text = seeds[random.Next(seeds.Length)].ToCharArray().ToList();
            for (var j = 0; j < 1 + (i % 5); j++)
            {
                text.Insert(random.Next(text.Count), alphabet[random.Next(alphabet.Length)]);
            }

            Assert.That(Matrices.Error(string.Concat(text)), Does.StartWith("m.yaml"));
        }
    }
}

namespace Dfx.Sdk.Tests.Api;

/// <summary>Plugins are built against this surface: it does not change by accident.</summary>
public sealed class ContractTests
{
    private const string FileName = "contract.txt";

    [Test]
    public void The_public_surface_is_the_one_that_was_agreed_on()
    {
        var agreed = File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Api", FileName)).ToList();
        var actual = ContractLines.Of(typeof(IDenoiser).Assembly);
        var removed = agreed.Except(actual).Select(line => "- " + line);
        var added = actual.Except(agreed).Select(line => "+ " + line);
        var difference = removed.Concat(added).ToList();
        if (difference.Count > 0)
        {
            File.WriteAllLines(Path.Combine(TestContext.CurrentContext.WorkDirectory, "contract.actual.txt"), actual);
        }

        Assert.That(difference, Is.Empty, () =>
            "The contract changed:\n" + string.Join('\n', difference) + $"""


            A line that is removed or changed (-) needs contract 2.0; a line that is only added (+) needs the next 1.n: AssemblyVersion in
            src/Sdk/Sdk.csproj. Then update tests/Sdk.Tests/Api/{FileName} to the lines of contract.actual.txt in
            {TestContext.CurrentContext.WorkDirectory}.
            """);
    }

    [Test]
    public void The_lines_are_sorted_and_distinct()
    {
        var lines = ContractLines.Of(typeof(IDenoiser).Assembly);
        Assert.That(lines, Is.Unique.And.Ordered.Using<string>(StringComparer.Ordinal));
    }

    /// <summary>The lines tell apart what a plugin's compiler or loader tells apart.</summary>
    [TestCase("IDenoiser.Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) : torch.Tensor")]
    [TestCase("TrainingSettings.Steps { get; init; } : required Int32")]
    [TestCase("TrainingSettings.WarmUp { get; init; } : Int32?")]
    [TestCase("Direction.Higher = 1 : Direction")]
    [TestCase("IVarianceDenoiser.DenoiseWithVariance(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) : ValueTuple<torch.Tensor, torch.Tensor> (Mean, Variance)")]
    [TestCase("SampleNoise.Normal(params ReadOnlySpan<Int64> shape) : torch.Tensor")]
    public void A_line_says_everything(string line) => Assert.That(ContractLines.Of(typeof(IDenoiser).Assembly), Does.Contain(line));
}

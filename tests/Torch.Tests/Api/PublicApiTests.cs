namespace Dfx.Torch.Tests.Api;

/// <summary>The public surface of the binding is a strict subset of TorchSharp's.</summary>
/// <remarks>
/// <c>torchsharp-api.txt</c> lists TorchSharp's public members: facts, read by reflection from an assembly compiled from its public
/// source (24 commits after version 0.106.0, commit c20b6a1c of May 2026), without its vision, audio, distribution, script and TensorBoard parts.
/// </remarks>
public sealed class PublicApiTests
{
    [Test]
    public void Every_public_member_is_one_of_TorchSharp()
    {
        var theirs = File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Api", "torchsharp-api.txt")).ToHashSet();
        var ours = ApiSignatures.Of(typeof(torch).Assembly, "Dfx.Torch");
        var deviations = ours.Where(line => !theirs.Contains(line) && !theirs.Contains(Settable(line))).Except(Deviations.Known.Keys).ToList();
        Assert.That(deviations, Is.Empty, string.Join('\n', deviations));
    }

    // A property that can only be read is part of one that can be set as well.
    private static string Settable(string line) => line.Replace("{ get; }", "{ get; set; }", StringComparison.Ordinal);
}

using System.Globalization;

namespace Dfx.Diffusion.Tests.Networks;

/// <summary>The tables of <c>docs/networks.md</c> are what the networks say. A failure prints the table as it should be.</summary>
[TestFixture]
internal sealed class NetworkSizesTests
{
    private static readonly NetworkSignature s_colour = new(new DataShape(3, 32, 32));

    [Test]
    public void Light_networks_have_the_sizes_in_the_documentation() =>
        AssertTable("Light networks", [12, 16, 32, 64, 96, 128, 192, 256], UNets.Light, s_colour with { Condition = 3 });

    [Test]
    public void Networks_without_noise_level_have_the_sizes_in_the_documentation()
    {
        var cifar = new NetworkSettings { Multipliers = [2, 2, 2], Blocks = 4, Attention = [16] };
        AssertTable("DDPM++", [16, 32, 64, 96], channels => cifar with { Channels = channels }, s_colour with { NoiseBlind = true });
    }

    private static void AssertTable(string heading, int[] sizes, Func<int, NetworkSettings> settings, NetworkSignature signature)
    {
        var expected = sizes.Select(size => Row(size, settings(size), signature)).ToList();
        var lines = File.ReadLines(Path.Combine(Root(TestContext.CurrentContext.TestDirectory), "docs", "networks.md"));
        var table = lines.SkipWhile(l => !l.StartsWith(heading, StringComparison.Ordinal)).SkipWhile(l => !l.StartsWith("| ---", StringComparison.Ordinal))
            .Skip(1).TakeWhile(l => l.StartsWith('|')).ToList();
        Assert.That(table, Is.EqualTo(expected), string.Join('\n', expected));
    }

    private static string Row(int channels, NetworkSettings settings, NetworkSignature signature)
    {
        using var network = UNets.Create(settings, signature, 1);
        return string.Create(CultureInfo.InvariantCulture, $"| {channels} | {network.Card.Parameters:N0} | {network.Card.MultiplyAdds / 1e6:N1} million |");
    }

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Dfx.sln"))
        ? folder
        : Root(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no Dfx.sln above the tests."));
}

namespace Dfx.Diffusion.Tests.Networks;

/// <summary>EDM's DDPM++ without anything that reads the noise level, against the sizes that are published for correction functions of it.</summary>
[TestFixture]
internal sealed class CorrectionSizesTests
{
    private static readonly NetworkSettings s_cifar = new() { Multipliers = [2, 2, 2], Blocks = 4, Attention = [16] };

    [TestCase(16, 807_075)]
    [TestCase(32, 3_207_491)]
    [TestCase(64, 12_788_355)]
    [TestCase(96, 28_742_595)]
    [TestCase(128, 51_070_211)]
    public void A_network_that_does_not_see_noise_has_the_published_number_of_parameters(int channels, long expected)
    {
        using var network = UNets.Create(s_cifar with { Channels = channels }, new(new DataShape(3, 32, 32)) { NoiseBlind = true }, 1);
        Assert.That(network.Card.Parameters, Is.EqualTo(expected));
    }

    [TestCase(16, 880_963)]
    [TestCase(32, 3_500_675)]
    [TestCase(64, 13_956_355)]
    public void One_that_does_has_more(int channels, long expected)
    {
        using var network = UNets.Create(s_cifar with { Channels = channels }, new(new DataShape(3, 32, 32)), 1);
        Assert.That(network.Card.Parameters, Is.EqualTo(expected));
    }

    [TestCase("ddpmpp")]
    [TestCase("ncsnpp")]
    [TestCase("adm")]
    [TestCase("light")]
    public void Every_family_works_without_a_noise_level(string family)
    {
        using var scope = torch.NewDisposeScope();
        var settings = new NetworkSettings { Family = family, Channels = 8, Multipliers = [1, 2], Blocks = 1 };
        using var network = UNets.Create(settings, new(new DataShape(1, 8, 8)) { NoiseBlind = true }, 1);
        var x = torch.ones(2, 1, 8, 8);
        var y = network.call(x, null, null);
        Assert.That(y.shape, Is.EqualTo(x.shape));
        Assert.That(network.named_parameters().Select(p => p.name), Has.None.Contain("affine").And.None.Contain("map_"));
        Assert.That(network.call(x, torch.ones(2), null).MaxError(y), Is.Zero);
    }
}

namespace Dfx.Diffusion.Tests.Networks;

/// <summary>Counts against sums made by hand from the architectures' definitions.</summary>
[TestFixture]
internal sealed class MultiplyAddsTests
{
    private static readonly NetworkSignature s_grey = new(new DataShape(1, 8, 8));

    // One level of 4 channels at 8x8: convolutions of 9 x 4 x 4 = 144 a pixel, first and last 36; six blocks' embeddings of 16 x 4; attention
    // in in0. Blocks: enc block0, dec in0, in1, block0 (8 to 4: 288 + 144 + skip 32), block1 (the same).
    [Test]
    public void Of_one_level_of_ddpmpp()
    {
        const long Mapping = (4 * 16) + (16 * 16);
        const long Same = (2 * 144 * 64) + (16 * 4);
        const long Joined = ((288 + 144 + 32) * 64) + (16 * 4);
        const long Attention = (48 * 64) + (16 * 64) + (2 * 64 * 64 * 4);
        var count = Count(new() { Channels = 4, Multipliers = [1], Blocks = 1 }, s_grey);
        Assert.That(count, Is.EqualTo(Mapping + (2 * 36 * 64) + (3 * Same) + (2 * Joined) + Attention));
    }

    // A network of two levels has what one level has and, by hand, the rest of this sum: down and up block with their skips (1x1, 16), blocks at 4x4.
    [Test]
    public void Of_two_levels_of_ddpmpp()
    {
        const long Mapping = (4 * 16) + (16 * 16);
        const long Large = (2 * 36 * 64) + (2 * 144 * 64) + (16 * 4) + (2 * (((288 + 144 + 32) * 64) + (16 * 4)));
        const long Up = ((144 + 144 + 16) * 64) + (16 * 4);
        const long Down = ((144 + 144 + 16) * 16) + (16 * 4);
        const long Small = (3 * ((2 * 144 * 16) + (16 * 4))) + (2 * (((288 + 144 + 32) * 16) + (16 * 4)));
        const long Attention = (48 * 16) + (16 * 16) + (2 * 16 * 16 * 4);
        var count = Count(new() { Channels = 4, Multipliers = [1, 1], Blocks = 1 }, s_grey);
        Assert.That(count, Is.EqualTo(Mapping + Large + Up + Down + Small + Attention));
    }

    // What forward hooks of PyTorch 1.13 on NVlabs/edm's classes count: weights times output pixels of convolutions, weights of products,
    // and 2 C (H W)² for every attention.
    [TestCaseSource(nameof(Counted))]
    public void Of_what_hooks_on_the_published_classes_count(NetworkSettings settings, NetworkSignature signature, long expected) =>
        Assert.That(Count(settings, signature), Is.EqualTo(expected));

    // 12 base channels, images and noise in, noise out: 15.8 thousand a pixel.
    [TestCase(32)]
    [TestCase(64)]
    [TestCase(256)]
    public void Of_the_light_network_grow_with_the_pixels(int side)
    {
        var signature = new NetworkSignature(new DataShape(3, side, side)) { Condition = 3, NoiseBlind = true };
        Assert.That(Count(UNets.Light(12), signature), Is.EqualTo(15804L * side * side));
    }

    // The MLP is 48 to 48 to 48; every block has a scale and a shift for each of its 12, 24 or 48 channels.
    [Test]
    public void Of_the_light_network_with_noise_level()
    {
        var signature = new NetworkSignature(new DataShape(3, 32, 32)) { Condition = 3 };
        Assert.That(Count(UNets.Light(12), signature), Is.EqualTo((15804L * 1024) + (2 * 48 * 48) + (48 * 2 * (12 + 24 + 48))));
    }

    private static IEnumerable<TestCaseData> Counted()
    {
        var small = new NetworkSettings { Channels = 32, Multipliers = [1, 2, 2], Blocks = 1, Attention = [16] };
        var cifar = new NetworkSettings { Channels = 128, Multipliers = [2, 2, 2], Blocks = 4, Attention = [16] };
        var adm = new NetworkSettings { Family = "adm", Channels = 64, Multipliers = [1, 2, 3], Blocks = 2, Attention = [32, 16] };
        var colour = new NetworkSignature(new DataShape(3, 32, 32));
        yield return new TestCaseData(small, colour, 328003584L);
        yield return new TestCaseData(cifar, colour with { Augmentation = 9 }, 21190214784L);
        yield return new TestCaseData(cifar with { Family = "ncsnpp" }, colour, 21389372416L);
        yield return new TestCaseData(adm, new NetworkSignature(new DataShape(3, 64, 64)) { Classes = 5 }, 9784214784L);
    }

    private static long? Count(NetworkSettings settings, NetworkSignature signature)
    {
        using var network = UNets.Create(settings, signature, 1);
        return network.Card.MultiplyAdds;
    }
}

using Dfx.Numerics.Noise;

namespace Dfx.Numerics.Tests.Noise;

internal sealed class NoiseKeyTests
{
    // Test vectors of the FNV authors (RFC 9923, appendix), and one name beyond ASCII.
    [TestCase("a", 0xE40C292Cu)]
    [TestCase("foobar", 0xBF9CF968u)]
    [TestCase("chongo was here!\n", 0xD49930D5u)]
    [TestCase("\u03C3", 0xCCA66207u)]
    public void The_stream_is_the_FNV1a_hash_of_the_name_in_UTF8(string purpose, uint stream) =>
        Assert.That(NoiseKey.For(42, purpose), Is.EqualTo(new NoiseKey(42, stream)));

    [TestCase("")]
    [TestCase(null)]
    public void A_purpose_needs_a_name(string? purpose) =>
        Assert.That(() => NoiseKey.For(42, purpose!), Throws.InstanceOf<ArgumentException>());
}

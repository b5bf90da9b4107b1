using Dfx.Numerics.Noise;

namespace Dfx.Numerics.Tests.Noise;

internal sealed class Philox4x32Tests
{
    // Random123 1.14, tests/kat_vectors, lines "philox4x32 10": counter, key, expected.
    private static readonly TestCaseData[] KnownAnswers =
    [
        new(
            new PhiloxWords(0, 0, 0, 0), 0UL,
            new PhiloxWords(0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        new(
            new PhiloxWords(0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF), 0xFFFFFFFF_FFFFFFFFUL,
            new PhiloxWords(0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        new(
            new PhiloxWords(0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), 0x299F31D0_A4093822UL,
            new PhiloxWords(0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
    ];

    [TestCaseSource(nameof(KnownAnswers))]
    public void Block_has_the_published_known_answers(PhiloxWords counter, ulong key, PhiloxWords expected) =>
        Assert.That(Philox4x32.Block(counter, key), Is.EqualTo(expected));

    [TestCaseSource(nameof(KnownAnswers))]
    public void Fill_has_the_published_known_answers(PhiloxWords counter, ulong key, PhiloxWords expected)
    {
        var words = new uint[4];
        Philox4x32.Fill(counter, key, words);
        Assert.That(words, Is.EqualTo(Flat([expected])));
    }

    [TestCase(0u)]
    [TestCase(12345u)]
    [TestCase(uint.MaxValue - 5, Description = "word 0 wraps within the fill, also within a vector")]
    public void Fill_is_bit_equal_to_Block_at_every_length(uint firstBlock)
    {
        var first = new PhiloxWords(firstBlock, 0xFFFFFFFF, 3, 0x80000000);
        const ulong key = 0xFEDCBA98_76543210;
        var expected = Flat(Enumerable.Range(0, 25).Select(i => Philox4x32.Block(first.Advance((uint)i), key)));
        for (var length = 0; length <= expected.Length; length++)
        {
            var words = new uint[length];
            Philox4x32.Fill(first, key, words);
            Assert.That(words, Is.EqualTo(expected[..length]), $"length {length}");
        }
    }

    [Test]
    public void Only_positions_0_to_3_exist()
    {
        var words = new PhiloxWords(5, 6, 7, 8);
        Assert.That(Flat([words]), Is.EqualTo(new uint[] { 5, 6, 7, 8 }));
        Assert.That(() => words[4], Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => words[-1], Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static uint[] Flat(IEnumerable<PhiloxWords> blocks) =>
        [.. blocks.SelectMany(block => Enumerable.Range(0, 4).Select(position => block[position]))];
}

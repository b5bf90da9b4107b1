using Dfx.Numerics.Noise;

namespace Dfx.Numerics.Tests.Noise;

/// <summary>The documented value of each number, recomputed from the draw's words.</summary>
internal sealed class ExactValueTests
{
    private const int Count = 1 << 20;
    private static readonly NoiseKey Key = NoiseKey.For(20260101, "exact");

    // Rare words, found by a search through 2^33 of them: indices within sample 0, draw 0 of this key.
    private static readonly NoiseKey Searched = new(1, 0);
    private const long TinyWord = 41841907;
    private const long LeastRadiusWord = 364375560;
    private const long GreatestRadiusWord = 684001936;

    [Test]
    public void Single_precision_uniforms_are_the_top_24_bits()
    {
        var uniforms = new float[Count];
        NoiseSource.Uniforms(Key, 1, 2, uniforms);
        Assert.That(uniforms, Is.EqualTo(Words().Take(Count).Select(word => (word >> 8) / 16777216f)));
    }

    [Test]
    public void Double_precision_uniforms_are_the_top_53_bits()
    {
        var uniforms = new double[Count];
        NoiseSource.Uniforms(Key, 1, 2, uniforms);
        Assert.That(uniforms, Is.EqualTo(Pairs().Select(pair => (pair >> 11) / 9007199254740992.0)));
    }

    [Test]
    public void A_uniform_is_never_zero()
    {
        var (word, uniform) = (new uint[1], new float[1]);
        NoiseSource.Bits(Searched, 0, 0, word, TinyWord);
        NoiseSource.Uniforms(Searched, 0, 0, uniform, TinyWord);
        Assert.That(word[0] >> 8, Is.Zero);
        Assert.That(uniform[0], Is.EqualTo(MathF.ScaleB(1, -25)));
    }

    [Test]
    public void Single_precision_normals_are_within_1e6_of_Box_and_Muller()
    {
        var normals = new float[Count];
        NoiseSource.Normals(Key, 1, 2, normals);
        var words = Words();
        var worst = Enumerable.Range(0, Count)
            .Max(i => Math.Abs(normals[i] - Reference.NormalSingle(words[i & ~1], words[i | 1], i % 2 == 1)));
        TestContext.Out.WriteLine($"worst error {worst:G3}");
        Assert.That(worst, Is.LessThan(1e-6));
    }

    [Test]
    public void Double_precision_normals_are_within_1e14_of_Box_and_Muller()
    {
        var normals = new double[Count];
        NoiseSource.Normals(Key, 1, 2, normals);
        var pairs = Pairs();
        var worst = Enumerable.Range(0, Count)
            .Max(i => Math.Abs(normals[i] - Reference.NormalDouble(pairs[i & ~1], pairs[i | 1], i % 2 == 1)));
        TestContext.Out.WriteLine($"worst error {worst:G3}");
        Assert.That(worst, Is.LessThan(1e-14));
    }

    [TestCase(LeastRadiusWord, 0u, 6.6604368892615815)]
    [TestCase(GreatestRadiusWord, 0xFFFFFFFEu, 2.1579186e-5)]
    public void The_radius_is_right_at_both_ends(long index, uint expectedWord, double expectedRadius)
    {
        var (word, pair) = (new uint[1], new float[2]);
        NoiseSource.Bits(Searched, 0, 0, word, index);
        NoiseSource.Normals(Searched, 0, 0, pair, index);
        Assert.That(word[0], Is.EqualTo(expectedWord));
        Assert.That(Math.Sqrt((double)pair[0] * pair[0] + (double)pair[1] * pair[1]), Is.EqualTo(expectedRadius).Within(2e-5).Percent);
    }

    private static uint[] Words()
    {
        var words = new uint[2 * Count];
        NoiseSource.Bits(Key, 1, 2, words);
        return words;
    }

    private static ulong[] Pairs() => [.. Words().Chunk(2).Select(pair => pair[0] | ((ulong)pair[1] << 32))];
}

using Dfx.Numerics.Noise;

namespace Dfx.Numerics.Tests.Noise;

internal sealed class IntegerTests
{
    private const int Count = 960_000;
    private const double FalseAlarmRate = 1e-6;
    private static readonly NoiseKey Key = NoiseKey.For(271828, "integers");

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(10)]
    [TestCase(1000)]
    public void Small_bounds_take_the_top_of_the_product(int bound)
    {
        var (words, integers) = (new uint[1000], new int[1000]);
        NoiseSource.Bits(Key, 0, 0, words);
        NoiseSource.Integers(Key, 0, 0, bound, integers);
        Assert.That(integers, Is.EqualTo(words.Select(word => (int)((ulong)word * (ulong)bound >> 32))));
    }

    [Test]
    public void A_rejected_word_is_replaced_from_the_next_round_of_its_block()
    {
        const int bound = (1 << 30) + 1;
        var integers = new int[400];
        NoiseSource.Integers(Key, 7, 8, bound, integers);
        Assert.That(integers, Is.EqualTo(Enumerable.Range(0, 400).Select(i => Expected(i, bound, out _))));
        Assert.That(Enumerable.Range(0, 400).Max(i => { Expected(i, bound, out var rounds); return rounds; }), Is.GreaterThan(2));
    }

    // Without rejection, the bound 3 2^29 gives the residues 0, 1, 2 modulo 3 the shares 3/8, 3/8, 2/8.
    [TestCase(10, 10)]
    [TestCase(7, 7)]
    [TestCase(3 << 29, 3)]
    public void Every_integer_is_equally_likely(int bound, int classes)
    {
        var integers = new int[Count];
        NoiseSource.Integers(Key, 1, 0, bound, integers);
        Assert.That(integers, Is.All.InRange(0, bound - 1));
        foreach (var residue in integers.CountBy(x => x % classes))
        {
            Assert.That(Reference.IsCredible(residue.Value, Count, 1.0 / classes, FalseAlarmRate), $"residue {residue}");
        }
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(int.MinValue)]
    public void A_bound_below_one_is_refused(int bound) =>
        Assert.That(() => NoiseSource.Integers(Key, 0, 0, bound, new int[1]), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(255)]
    [TestCase(257)]
    [TestCase(10_000)]
    public void A_permutation_has_every_index_once(int length)
    {
        var order = new int[length];
        NoiseSource.Permutation(Key, 0, 0, order);
        Assert.That(order.Order(), Is.EqualTo(Enumerable.Range(0, length)));
    }

    [Test]
    public void Every_order_of_four_is_equally_likely()
    {
        var counts = new Dictionary<(int, int, int, int), int>();
        var order = new int[4];
        for (var sample = 0u; sample < 48_000; sample++)
        {
            NoiseSource.Permutation(Key, sample, 1, order);
            var orderKey = (order[0], order[1], order[2], order[3]);
            counts[orderKey] = counts.GetValueOrDefault(orderKey) + 1;
        }

        Assert.That(counts, Has.Count.EqualTo(24));
        Assert.That(counts.Values, Is.All.Matches<int>(count => Reference.IsCredible(count, 48_000, 1.0 / 24, FalseAlarmRate)));
    }

    [Test]
    public void A_shuffle_swaps_with_the_integers_of_the_draw()
    {
        var letters = Enumerable.Range(0, 600).Select(i => $"item {i}").ToArray();
        var expected = letters.ToList();
        for (var i = 1; i < expected.Count; i++)
        {
            var j = Expected(i, i + 1, out _);
            (expected[i], expected[j]) = (expected[j], expected[i]);
        }

        NoiseSource.Shuffle<string>(Key, 7, 8, letters);
        Assert.That(letters, Is.EqualTo(expected));
    }

    // Lemire's method as the paper prints it, on one block at a time: integer `index` of sample 7, draw 8.
    private static int Expected(int index, int bound, out int rounds)
    {
        var block = new PhiloxWords((uint)index / 4, 8, 7, Key.Stream);
        for (rounds = 1; ; rounds++)
        {
            block = Philox4x32.Block(block, Key.Seed);
            var product = (UInt128)block[index % 4] * (UInt128)bound;
            if ((long)(product % (1UL << 32)) >= (1L << 32) % bound)
            {
                return (int)(product / (1UL << 32));
            }
        }
    }
}

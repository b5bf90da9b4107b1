using System.Reflection;
using Dfx.Numerics.Noise;

namespace Dfx.Numerics.Tests.Noise;

/// <summary>Which number depends on what: index, key, sample and draw, and nothing else.</summary>
internal sealed class NoiseStructureTests
{
    private static readonly NoiseKey Key = NoiseKey.For(0x0123456789ABCDEF, "structure");

    [Test]
    public void Words_come_from_the_documented_counter()
    {
        var key = new NoiseKey(0x1111222233334444, 0x55556666);
        var words = new uint[40];
        NoiseSource.Bits(key, 0x77778888, 0x9999AAAA, words);
        var expected = Enumerable.Range(0, 40)
            .Select(i => Philox4x32.Block(new PhiloxWords((uint)i / 4, 0x9999AAAA, 0x77778888, 0x55556666), 0x1111222233334444)[i % 4]);
        Assert.That(words, Is.EqualTo(expected));
    }

    [TestCaseSource(typeof(Fills), nameof(Fills.Names))]
    public void A_shorter_fill_is_the_beginning_of_a_longer_one(string kind)
    {
        var fill = Fills.Of(kind);
        var longest = fill(Key, 3, 4, 70, 0);
        Assert.That(longest.Distinct().Count(), Is.GreaterThan(60));
        for (var length = 0; length < 70; length++)
        {
            Assert.That(fill(Key, 3, 4, length, 0), Is.EqualTo(longest[..length]), $"length {length}");
        }
    }

    [TestCaseSource(typeof(Fills), nameof(Fills.Names))]
    public void A_draw_may_be_filled_in_pieces(string kind)
    {
        var fill = Fills.Of(kind);
        var whole = fill(Key, 3, 4, 90, 0);
        for (var start = 0; start <= 40; start++)
        {
            for (var length = 0; length <= 50; length++)
            {
                Assert.That(fill(Key, 3, 4, length, start), Is.EqualTo(whole[start..(start + length)]), $"{length} from {start}");
            }
        }
    }

    [Test]
    public void A_fill_writes_nothing_beyond_its_span()
    {
        var guarded = new float[40];
        Array.Fill(guarded, 77);
        NoiseSource.Normals(Key, 0, 0, guarded.AsSpan(5, 23), 3);
        Assert.That(guarded[..5].Concat(guarded[28..]), Is.All.EqualTo(77f));
        Assert.That(guarded[5..28], Is.All.Not.EqualTo(77f));
    }

    [TestCaseSource(typeof(Fills), nameof(Fills.Names))]
    public void A_draw_ends(string kind)
    {
        var (fill, available) = (Fills.Of(kind), Fills.Available(kind));
        var end = fill(Key, 3, 4, 21, available - 21);
        Assert.That(fill(Key, 3, 4, 1, available - 1), Is.EqualTo(end[20..]));
        Assert.That(fill(Key, 3, 4, 0, available), Is.Empty);
        Assert.That(() => fill(Key, 3, 4, 22, available - 21), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => fill(Key, 3, 4, 1, available), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => fill(Key, 3, 4, 1, -1), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => fill(Key, 3, 4, 1, long.MaxValue), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public void Threads_do_not_disturb_each_other()
    {
        var expected = Enumerable.Range(0, 64).Select(i => Fills.Of("Normals float")(Key, (uint)i, 0, 1000, 0)).ToArray();
        var actual = new ulong[64][];
        Parallel.For(0, 64, i => actual[i] = Fills.Of("Normals float")(Key, (uint)i, 0, 1000, 0));
        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public void There_is_no_static_state()
    {
        var types = typeof(NoiseSource).Assembly.GetTypes().Where(type => type.Namespace == typeof(NoiseSource).Namespace).ToArray();
        var fields = types.SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic));
        Assert.That(types, Has.Length.GreaterThan(5));
        Assert.That(fields.Where(field => !field.IsLiteral), Is.Empty);
    }
}

using static Dfx.Torch.torch;
using F = Dfx.Torch.torch.nn.functional;

namespace Dfx.Torch.Tests.Functions.Values;

/// <summary>Draws from fixed seeds: moments within five standard errors, which chance exceeds once in 1.7 million.</summary>
public sealed class RandomTests : TensorTests
{
    private const int Count = 100_000;
    private const double Bound = 5;

    [Test]
    public void Normal_draws_have_their_mean_and_spread()
    {
        MeanIs(0, 1, randn(Count, float64, generator: Random));
        MeanIs(1, Math.Sqrt(2), randn(Count, float64, generator: Random).square());
        MeanIs(3, 0.5, zeros(Count, float64).normal_(3, 0.5, Random));
        MeanIs(-2, 4, normal(-2, 4, [Count], float64, generator: Random));
    }

    [Test]
    public void Uniform_draws_fill_their_interval()
    {
        var x = rand(Count, float64, generator: Random);
        MeanIs(0.5, Math.Sqrt(1 / 12.0), x);
        Assert.That(x.min().ToDouble(), Is.InRange(0, 1e-3));
        Assert.That(x.max().ToDouble(), Is.InRange(0.999, 1 - 1e-16));
        var y = zeros(Count, float64).uniform_(-3, 5, Random);
        MeanIs(1, 8 * Math.Sqrt(1 / 12.0), y);
        Assert.That((y >= -3).logical_and(y < 5).all().ToBoolean(), Is.True);
    }

    [Test]
    public void Integers_are_uniform_below_their_bound()
    {
        var x = randint(2, 6, [Count], generator: Random);
        Assert.That((x.dtype, x.min().ToInt64(), x.max().ToInt64()), Is.EqualTo((int64, 2L, 5L)));
        Frequencies(bincount(x - 2), [0.25, 0.25, 0.25, 0.25]);
        Assert.That(randint(3, [50], int32, generator: Random).max().ToInt64(), Is.EqualTo(2));
    }

    [Test]
    public void Truth_is_drawn_with_its_probability()
    {
        var x = bernoulli(full(Count, 0.3, float64), Random);
        MeanIs(0.3, Math.Sqrt(0.21), x);
        Close(x.square(), x);
    }

    [Test]
    public void Indices_are_drawn_in_proportion_to_their_weights()
    {
        double[] weights = [1, 0, 3, 4];
        Frequencies(bincount(multinomial(tensor(weights), Count, true, Random)), [0.125, 0, 0.375, 0.5]);
        var once = Longs(tensor(weights).multinomial(3, generator: Random));
        Assert.That(once.Order(), Is.EqualTo([0L, 2, 3]));
        Assert.That(multinomial(ones(5, 4), 2, generator: Random).shape, Is.EqualTo([5L, 2]));
    }

    [Test]
    public void A_permutation_has_every_number_once()
    {
        var x = Longs(randperm(1000, generator: Random));
        Assert.That(x.Order(), Is.EqualTo(Enumerable.Range(0, 1000)));
        Assert.That(x, Is.Not.Ordered);
    }

    [Test]
    public void Dropout_keeps_the_mean()
    {
        manual_seed(11);
        var x = F.dropout(ones(Count, float64), 0.25);
        MeanIs(1, Math.Sqrt(1 / 0.75 - 1), x);
        Assert.That(x.unique().output.data<double>(), Is.EqualTo([0, 4 / 3.0]));
        Close(F.dropout(tensor([1.0, 2]), 0.25, false), [1, 2]);
    }

    [Test]
    public void The_same_seed_gives_the_same_numbers()
    {
        using var other = new Generator(7);
        Assert.That(other.initial_seed(), Is.EqualTo(7));
        var first = Doubles(randn(20, generator: Random));
        Assert.That(Doubles(randn(20, generator: other)), Is.EqualTo(first));
        Assert.That(Doubles(randn(20, generator: other)), Is.Not.EqualTo(first));
        other.manual_seed(7);
        Assert.That(Doubles(randn(20, generator: other)), Is.EqualTo(first));
    }

    [Test]
    public void A_generator_goes_on_from_a_saved_state()
    {
        rand(3, generator: Random);
        var state = Random.get_state();
        var first = Doubles(rand(8, generator: Random));
        Random.set_state(state);
        Assert.That(Doubles(rand(8, generator: Random)), Is.EqualTo(first));
    }

    [Test]
    public void The_default_generator_is_another_one()
    {
        manual_seed(3);
        var first = Doubles(rand(4));
        manual_seed(3);
        rand(100, generator: Random);
        Assert.That(Doubles(rand(4)), Is.EqualTo(first));
        manual_seed(3);
        Assert.That(Doubles(rand_like(zeros(4))), Is.EqualTo(first));
    }

    private static void MeanIs(double mean, double deviation, Tensor draws) =>
        Assert.That(draws.mean().ToDouble(), Is.EqualTo(mean).Within(Bound * deviation / Math.Sqrt(Count)));

    private static void Frequencies(Tensor counts, double[] probabilities)
    {
        var actual = Longs(counts);
        for (var i = 0; i < probabilities.Length; i++)
        {
            var p = probabilities[i];
            Assert.That(actual[i], Is.EqualTo(p * Count).Within(Bound * Math.Sqrt(p * (1 - p) * Count)));
        }
    }
}

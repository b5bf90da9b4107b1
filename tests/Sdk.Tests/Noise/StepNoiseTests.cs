using Dfx.Numerics.Noise;

namespace Dfx.Sdk.Tests.Noise;

/// <summary>A run that goes on at step n draws what it would have drawn.</summary>
public sealed class StepNoiseTests
{
    [Test]
    public void The_numbers_are_a_function_of_step_and_purpose()
    {
        using var scope = torch.NewDisposeScope();
        var once = new StepNoise(3, "sigma", torch.CPU);
        _ = once.Normal(0, 7);
        _ = once.Integers(1, 5, 5);
        var again = new StepNoise(3, "sigma", torch.CPU);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Values(once.Normal(9, 2, 4)), Is.EqualTo(Values(again.Normal(9, 2, 4))));
            Assert.That(Values(once.Normal(10, 2, 4)), Is.Not.EqualTo(Values(again.Normal(9, 2, 4))));
            Assert.That(Values(new StepNoise(3, "batch", torch.CPU).Normal(9, 2, 4)), Is.Not.EqualTo(Values(again.Normal(9, 2, 4))));
            Assert.That(Values(new StepNoise(4, "sigma", torch.CPU).Normal(9, 2, 4)), Is.Not.EqualTo(Values(again.Normal(9, 2, 4))));
        }
    }

    [Test]
    public void A_part_has_the_rows_of_the_whole()
    {
        using var scope = torch.NewDisposeScope();
        var whole = new StepNoise(3, "sigma", torch.CPU);
        var (normals, uniforms, integers) = (whole.Normal(4, 6, 5), whole.Uniform(4, 12), whole.Integers(4, 1000, 12));
        for (var i = 0; i < 3; i++)
        {
            var part = whole.OfPart(i, 2);
            Assert.That(Values(part.Normal(4, 2, 5)), Is.EqualTo(Values(normals.narrow(0, 2 * i, 2))));
            Assert.That(Values(part.Uniform(4, 4)), Is.EqualTo(Values(uniforms.narrow(0, 4 * i, 4))), "two rows an image");
            Assert.That(part.Integers(4, 1000, 4), Is.EqualTo(integers[(4 * i)..(4 * i + 4)]));
            Assert.That(Values(part.Uniform(4, 1)), Is.EqualTo(Values(whole.Uniform(4, 1))), "one number a step");
            Assert.That(part.Permutation(4, 6), Is.EqualTo(whole.Permutation(4, 6)));
            Assert.That(part.Normal(4).item<float>(), Is.EqualTo(whole.Normal(4).item<float>()));
        }

        Assert.That(() => whole.OfPart(-1, 2), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => whole.OfPart(0, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void The_numbers_are_those_of_the_noise_source()
    {
        using var scope = torch.NewDisposeScope();
        var noise = new StepNoise(3, "sigma", torch.CPU);
        var key = NoiseKey.For(3, "sigma");
        var (normals, uniforms, integers) = (new float[6], new float[6], new int[6]);
        NoiseSource.Normals(key, 0, 41, normals);
        NoiseSource.Uniforms(key, 0, 42, uniforms);
        NoiseSource.Integers(key, 0, 43, 9, integers);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Values(noise.Normal(41, 2, 3)), Is.EqualTo(normals));
            Assert.That(Values(noise.Uniform(42, 6)), Is.EqualTo(uniforms));
            Assert.That(noise.Integers(43, 9, 6), Is.EqualTo(integers));
            Assert.That(noise.Normal(1, 2, 3).dtype, Is.EqualTo(torch.ScalarType.Float32));
            Assert.That(noise.Normal(1).shape, Is.Empty);
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(1000)]
    public void A_permutation_has_every_item_once(int count)
    {
        var order = new StepNoise(3, "epoch", torch.CPU).Permutation(5, count);
        Assert.That(order.Order(), Is.EqualTo(Enumerable.Range(0, count)));
    }

    [Test]
    public void Epochs_have_orders_of_their_own()
    {
        var noise = new StepNoise(3, "epoch", torch.CPU);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new StepNoise(3, "epoch", torch.CPU).Permutation(0, 50), Is.EqualTo(noise.Permutation(0, 50)));
            Assert.That(noise.Permutation(1, 50), Is.Not.EqualTo(noise.Permutation(0, 50)));
            Assert.That(noise.Permutation(0, 50), Is.Not.Ordered);
        }
    }

    /// <summary>Six orders of three items over 6000 epochs: chi-square with 5 degrees of freedom stays below 25.7 in 9999 of 10000 cases.</summary>
    [Test]
    public void Orders_are_equally_likely()
    {
        var noise = new StepNoise(11, "epoch", torch.CPU);
        var counts = Enumerable.Range(0, 6000).CountBy(epoch => string.Join(',', noise.Permutation(epoch, 3))).ToList();
        Assert.That(counts, Has.Count.EqualTo(6));
        Assert.That(counts.Sum(c => (c.Value - 1000.0) * (c.Value - 1000.0) / 1000), Is.LessThan(25.7));
    }

    [Test]
    public void A_step_below_0_or_beyond_32_bits_is_an_error()
    {
        var noise = new StepNoise(3, "sigma", torch.CPU);
        Assert.That(() => noise.Integers(-1, 2, 1), Throws.TypeOf<OverflowException>());
        Assert.That(() => noise.Normal(1L << 32, 1), Throws.TypeOf<OverflowException>());
    }

    private static float[] Values(torch.Tensor tensor) => tensor.data<float>().ToArray();
}

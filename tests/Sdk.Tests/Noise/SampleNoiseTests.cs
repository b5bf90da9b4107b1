using Dfx.Numerics.Noise;

namespace Dfx.Sdk.Tests.Noise;

/// <summary>Sample i has a stream of its own.</summary>
public sealed class SampleNoiseTests
{
    private static readonly NoiseKey s_key = NoiseKey.For(7, "sampling");
    private static readonly DataShape s_shape = new(2, 3, 5);

    [Test]
    public void A_sample_is_the_same_in_any_batch()
    {
        using var scope = torch.NewDisposeScope();
        var whole = Draws(Noise(0, 9));
        foreach (var (first, count) in ((long, int)[])[(0, 1), (3, 1), (2, 4), (8, 1), (4, 5)])
        {
            var part = Draws(Noise(first, count));
            for (var draw = 0; draw < whole.Length; draw++)
            {
                Assert.That(Values(part[draw]), Is.EqualTo(Values(whole[draw].narrow(0, first, count))), $"{first}, {count}, {draw}");
            }
        }
    }

    [Test]
    public void Integers_are_the_same_in_any_batch()
    {
        var whole = Noise(0, 50).Integers(1000);
        Assert.That(Noise(20, 7).Integers(1000), Is.EqualTo(whole[20..27]));
    }

    [Test]
    public void Float64_holds_the_numbers_of_float32()
    {
        using var scope = torch.NewDisposeScope();
        var single = Draws(Noise(3, 4, torch.ScalarType.Float32));
        var twice = Draws(Noise(3, 4));
        for (var draw = 0; draw < single.Length; draw++)
        {
            Assert.That(single[draw].dtype, Is.EqualTo(torch.ScalarType.Float32));
            Assert.That(twice[draw].dtype, Is.EqualTo(torch.ScalarType.Float64));
            Assert.That(Values(single[draw]), Is.EqualTo(Values(twice[draw])));
        }
    }

    [Test]
    public void Every_call_is_the_next_draw_whatever_it_draws()
    {
        using var scope = torch.NewDisposeScope();
        var noise = Noise(5, 2);
        var first = Values(noise.Normal());
        _ = noise.Integers(3);
        _ = noise.Uniform();
        var fourth = Values(noise.Normal());
        Assert.That(fourth, Is.Not.EqualTo(first));
        Assert.That(fourth[..30], Is.EqualTo(Direct(5, 3)));
        Assert.That(fourth[30..], Is.EqualTo(Direct(6, 3)));
    }

    [Test]
    public void The_numbers_are_those_of_the_noise_source()
    {
        using var scope = torch.NewDisposeScope();
        var (normals, uniforms, integers) = (new float[4], new float[4], new int[1]);
        NoiseSource.Normals(s_key, 12, 0, normals);
        NoiseSource.Uniforms(s_key, 12, 1, uniforms);
        NoiseSource.Integers(s_key, 12, 2, 10, integers);
        var noise = Noise(12, 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Values(noise.Normal(4)), Is.EqualTo(normals.Select(v => (double)v)));
            Assert.That(Values(noise.Uniform(2, 2)), Is.EqualTo(uniforms.Select(v => (double)v)));
            Assert.That(noise.Integers(10), Is.EqualTo(integers));
        }
    }

    [Test]
    public void Shapes_are_those_of_a_batch()
    {
        using var scope = torch.NewDisposeScope();
        var noise = Noise(0, 4);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(noise.Normal().shape, Is.EqualTo(new long[] { 4, 2, 3, 5 }));
            Assert.That(noise.Normal([]).shape, Is.EqualTo(new long[] { 4 }));
            Assert.That(noise.Uniform(6).shape, Is.EqualTo(new long[] { 4, 6 }));
            Assert.That(noise.Uniform().device.type, Is.EqualTo(DeviceType.CPU));
        }
    }

    [Test]
    public void Another_seed_or_purpose_has_other_numbers()
    {
        using var scope = torch.NewDisposeScope();
        var one = Values(Noise(0, 2).Normal());
        Assert.That(Values(new SampleNoise(NoiseKey.For(8, "sampling"), 0, 2, s_shape, torch.CPU).Normal()), Is.Not.EqualTo(one));
        Assert.That(Values(new SampleNoise(NoiseKey.For(7, "task"), 0, 2, s_shape, torch.CPU).Normal()), Is.Not.EqualTo(one));
    }

    /// <summary>The bounds are five standard errors of the mean and of the variance.</summary>
    [Test]
    public void Mean_and_variance_are_those_of_the_distributions()
    {
        using var scope = torch.NewDisposeScope();
        const int n = 200_000;
        var noise = new SampleNoise(s_key, 0, n / 100, new(1, 10, 10), torch.CPU);
        var (normal, uniform) = (Values(noise.Normal()), Values(noise.Uniform(100)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(normal.Average(), Is.Zero.Within(5 / Math.Sqrt(n)));
            Assert.That(normal.Average(v => v * v), Is.EqualTo(1).Within(5 * Math.Sqrt(2.0 / n)));
            Assert.That(uniform.Average(), Is.EqualTo(0.5).Within(5 / Math.Sqrt(12.0 * n)));
            Assert.That(uniform.Average(v => (v - 0.5) * (v - 0.5)), Is.EqualTo(1 / 12.0).Within(5 * Math.Sqrt(1 / 180.0 / n)));
            Assert.That(uniform, Has.All.GreaterThan(0).And.All.LessThan(1));
        }
    }

    [Test]
    public void An_index_beyond_what_streams_there_are_is_an_error() =>
        Assert.That(() => Noise(uint.MaxValue, 2).Integers(2), Throws.TypeOf<OverflowException>());

    private static SampleNoise Noise(long first, int count, torch.ScalarType dtype = torch.ScalarType.Float64) =>
        new(s_key, first, count, s_shape, torch.CPU, dtype);

    private static torch.Tensor[] Draws(SampleNoise noise) => [noise.Normal(), noise.Uniform(3), noise.Normal([])];

    private static double[] Direct(uint sample, uint draw)
    {
        var values = new float[30];
        NoiseSource.Normals(s_key, sample, draw, values);
        return Array.ConvertAll(values, v => (double)v);
    }

    private static double[] Values(torch.Tensor tensor) => tensor.to(torch.float64).contiguous().data<double>().ToArray();
}

namespace Dfx.Torch.Tests.Networks;

/// <summary>Initialisations by their published ranges and variances.</summary>
public sealed class InitialisationTests : ScopedTests
{
    [Test]
    public void Linear_is_uniform_in_one_over_root_in()
    {
        using var layer = torch.nn.Linear(100, 400);
        IsUniform(Numbers.Of(layer.weight), -0.1, 0.1);
        IsUniform(Numbers.Of(layer.bias!), -0.1, 0.1);
    }

    [Test]
    public void Conv2d_is_uniform_in_one_over_root_of_its_window()
    {
        using var layer = torch.nn.Conv2d(32, 512, 5, groups: 8);
        var bound = 1 / Math.Sqrt(32 / 8 * 25);
        IsUniform(Numbers.Of(layer.weight), -bound, bound);
        IsUniform(Numbers.Of(layer.bias!), -bound, bound);
    }

    // The fan of a transposed convolution is taken from its second extent, out / groups, as PyTorch does.
    [Test]
    public void ConvTranspose2d_is_uniform_by_its_second_extent()
    {
        using var layer = torch.nn.ConvTranspose2d(64, 400, 3, groups: 4);
        var bound = 1 / Math.Sqrt(400 / 4 * 9);
        IsUniform(Numbers.Of(layer.weight), -bound, bound);
        IsUniform(Numbers.Of(layer.bias!), -bound, bound);
    }

    [Test]
    public void Embedding_is_standard_normal()
    {
        using var layer = torch.nn.Embedding(500, 100);
        IsNormal(Numbers.Of(layer.weight), 0, 1);
    }

    [Test]
    public void Normalisations_start_as_the_identity()
    {
        foreach (var layer in new torch.nn.Module[] { torch.nn.GroupNorm(2, 4), torch.nn.LayerNorm(4), torch.nn.BatchNorm2d(4) })
        {
            var state = layer.state_dict();
            Assert.That(Numbers.Of(state["weight"]), Is.All.EqualTo(1));
            Assert.That(Numbers.Of(state["bias"]), Is.All.Zero);
        }

        using var norm = torch.nn.BatchNorm2d(4);
        Assert.That(Numbers.Of(norm.running_mean!), Is.All.Zero);
        Assert.That(Numbers.Of(norm.running_var!), Is.All.EqualTo(1));
        Assert.That(norm.num_batches_tracked!.dtype, Is.EqualTo(torch.int64));
    }

    [Test]
    public void Constants_and_draws_fill_the_tensor()
    {
        var x = torch.empty(200, 300);
        IsUniform(Numbers.Of(torch.nn.init.uniform_(x, -3, 5)), -3, 5);
        IsNormal(Numbers.Of(torch.nn.init.normal_(x, 2, 0.5)), 2, 0.5);
        Assert.That(Numbers.Of(torch.nn.init.constant_(x, 1.5)), Is.All.EqualTo(1.5));
        Assert.That(Numbers.Of(torch.nn.init.zeros_(x)), Is.All.Zero);
        Assert.That(Numbers.Of(torch.nn.init.ones_(x)), Is.All.EqualTo(1));
    }

    [Test]
    public void Xavier_balances_both_fans()
    {
        var x = torch.empty(40, 60, 3, 3);
        var variance = 2 * 4 / ((40.0 + 60) * 9);
        IsNormal(Numbers.Of(torch.nn.init.xavier_normal_(x, 2)), 0, Math.Sqrt(variance));
        IsUniform(Numbers.Of(torch.nn.init.xavier_uniform_(x, 2)), -Math.Sqrt(3 * variance), Math.Sqrt(3 * variance));
    }

    [TestCase(torch.nn.init.FanInOut.FanIn, 540.0)]
    [TestCase(torch.nn.init.FanInOut.FanOut, 360.0)]
    public void Kaiming_keeps_one_fan(torch.nn.init.FanInOut mode, double fan)
    {
        var x = torch.empty(40, 60, 3, 3);
        var deviation = Math.Sqrt(2 / fan);
        IsNormal(Numbers.Of(torch.nn.init.kaiming_normal_(x, mode: mode, nonlinearity: torch.nn.init.NonlinearityType.ReLU)), 0, deviation);
        var leaky = Math.Sqrt(3) * Math.Sqrt(2 / (1 + 0.25)) / Math.Sqrt(fan);
        IsUniform(Numbers.Of(torch.nn.init.kaiming_uniform_(x, 0.5, mode)), -leaky, leaky);
    }

    [Test]
    public void Initialisations_stay_outside_of_the_graph()
    {
        var x = torch.empty(3, 4).with_requires_grad();
        Assert.That(torch.nn.init.normal_(x).requires_grad, Is.True);
        Assert.That(x.is_leaf, Is.True);
        Assert.That(torch.is_grad_enabled(), Is.True);
    }

    [Test]
    public void A_generator_decides_the_draws()
    {
        using var one = new torch.Generator(5);
        using var two = new torch.Generator(5);
        var expected = Numbers.Of(torch.nn.init.normal_(torch.empty(50), generator: one));
        Assert.That(Numbers.Of(torch.nn.init.normal_(torch.empty(50), generator: two)), Is.EqualTo(expected));
    }

    [Test]
    public void A_fan_needs_two_dimensions() =>
        Assert.That(() => torch.nn.init.xavier_normal_(torch.empty(3)), Throws.ArgumentException.With.Message.Contains("two dimensions"));

    private static void IsUniform(double[] x, double low, double high)
    {
        Assert.That(x, Is.All.InRange(low * 1.000001, high * 1.000001));
        Moments(x, (low + high) / 2, (high - low) / Math.Sqrt(12));
        // The outermost draws come near to the bounds: their distance is exponential with mean width / n.
        Assert.That(x.Max(), Is.GreaterThan(high - (15 * (high - low) / x.Length)));
        Assert.That(x.Min(), Is.LessThan(low + (15 * (high - low) / x.Length)));
    }

    private static void IsNormal(double[] x, double mean, double deviation)
    {
        Moments(x, mean, deviation);
        var within = x.Count(v => Math.Abs(v - mean) < deviation) / (double)x.Length;
        Assert.That(within, Is.EqualTo(0.6827).Within(5 * Math.Sqrt(0.25 / x.Length)));
    }

    private static void Moments(double[] x, double mean, double deviation)
    {
        Assert.That(x.Average(), Is.EqualTo(mean).Within(5 * deviation / Math.Sqrt(x.Length)));
        Assert.That(Math.Sqrt(Numbers.Variance(x)), Is.EqualTo(deviation).Within(5 * deviation / Math.Sqrt(x.Length)));
    }
}

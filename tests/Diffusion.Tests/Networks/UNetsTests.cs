namespace Dfx.Diffusion.Tests.Networks;

[TestFixture]
internal sealed class UNetsTests
{
    private static readonly DataShape s_shape = new(1, 28, 28);
    private static readonly NetworkSettings s_small = new() { Channels = 8, Multipliers = [1, 2, 2], Blocks = 1 };

    private static IEnumerable<TestCaseData> Bad()
    {
        yield return new TestCaseData(s_small with { Family = "ddpmp" }, "'ddpmp'", "'ddpmpp'");
        yield return new TestCaseData(s_small with { Channels = 10 }, "channels are 10", "multiple of 4");
        yield return new TestCaseData(s_small with { Channels = 0 }, "channels are 0", "multiple of 4");
        yield return new TestCaseData(s_small with { Multipliers = [] }, "multipliers are []", "one or more");
        yield return new TestCaseData(s_small with { Multipliers = [1, 0] }, "multipliers are [1, 0]", "at least 1");
        yield return new TestCaseData(s_small with { Multipliers = [1, 2, 2, 2] }, "1x28x28", "at most 3 multipliers");
        yield return new TestCaseData(s_small with { Blocks = 0 }, "blocks are 0", "at least 1");
        yield return new TestCaseData(s_small with { Dropout = 1 }, "dropout is 1", "[0, 1)");
        yield return new TestCaseData(s_small with { Attention = [16] }, "resolution 16", "28, 14, 7");
    }

    [TestCaseSource(nameof(Bad))]
    public void Settings_that_make_no_sense_are_refused(NetworkSettings settings, string what, string expected)
    {
        var error = Assert.Throws<ArgumentException>(() => UNets.Create(settings, s_shape, 0, 1));
        Assert.That(error.Message, Does.Contain(what).And.Contain(expected));
    }

    [TestCase(28, 28)]
    [TestCase(4, 12)]
    public void Output_has_the_shape_of_the_images(int height, int width)
    {
        using var scope = torch.NewDisposeScope();
        using var network = UNets.Create(s_small, new(3, height, width), 2, 1);
        var x = torch.ones(5, 3, height, width);
        var y = network.call(x, torch.ones(5), torch.ones(5, 2, height, width));
        Assert.That(y.shape, Is.EqualTo(x.shape));
    }

    [Test]
    public void A_condition_is_asked_for_and_used()
    {
        using var scope = torch.NewDisposeScope();
        using var network = UNets.Create(s_small, s_shape, 1, 1);
        using var plain = UNets.Create(s_small, s_shape, 0, 1);
        var (x, label) = (torch.ones(2, 1, 28, 28), torch.ones(2));
        Assert.Multiple(() =>
        {
            Assert.That(() => network.call(x, label, null), Throws.ArgumentException);
            Assert.That(() => plain.call(x, label, x), Throws.ArgumentException);
            Assert.That(network.call(x, label, x).MaxError(network.call(x, label, x * 2)), Is.Positive);
        });
    }

    [Test]
    public void The_seed_decides_the_weights_and_nothing_else_does()
    {
        using var scope = torch.NewDisposeScope();
        using var a = UNets.Create(s_small, s_shape, 0, 1);
        torch.manual_seed(99);
        using var b = UNets.Create(s_small, s_shape, 0, 1);
        using var c = UNets.Create(s_small, s_shape, 0, 2);
        using var d = UNets.Create(s_small, s_shape, 0, 1, purpose: "module");
        var (va, vb, vc, vd) = (Flat(a), Flat(b), Flat(c), Flat(d));
        Assert.Multiple(() =>
        {
            Assert.That(vb.MaxError(va), Is.Zero);
            Assert.That(vc.MaxError(va), Is.Positive);
            Assert.That(vd.MaxError(va), Is.Positive);
        });
    }

    // Uniform in ± b has the variance b² / 3; the biases are 0.
    [Test]
    public void Weights_start_as_published()
    {
        using var scope = torch.NewDisposeScope();
        using var network = UNets.Create(s_small with { Channels = 32, Attention = [7] }, s_shape, 0, 1);
        var parameters = network.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        Assert.Multiple(() =>
        {
            AssertXavier(parameters["enc.14x14_block0.conv0.weight"], 9 * 32, 9 * 64, 1);
            AssertXavier(parameters["enc.14x14_block0.conv1.weight"], 9 * 64, 9 * 64, 1e-5);
            AssertXavier(parameters["enc.7x7_block0.qkv.weight"], 64, 192, Math.Sqrt(0.2));
            AssertXavier(parameters["enc.7x7_block0.proj.weight"], 64, 64, 1e-5);
            AssertXavier(parameters["map_layer1.weight"], 128, 128, 1);
            Assert.That(parameters.Where(p => p.Key.EndsWith("bias", StringComparison.Ordinal)), Has.All.Matches<KeyValuePair<string, Parameter>>(p => p.Value.abs().max().ToDouble() == 0));
        });
    }

    [Test]
    public void The_card_counts_the_parameters()
    {
        using var network = UNets.Create(s_small, s_shape, 0, 1);
        Assert.That(network.Card, Is.EqualTo(new NetworkCard("ddpmpp", network.state_dict().Values.Sum(t => t.numel()))));
    }

    private static void AssertXavier(torch.Tensor weight, int fanIn, int fanOut, double gain)
    {
        var bound = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
        Assert.That(weight.abs().max().ToDouble(), Is.InRange(0.99 * bound, bound * (1 + 1e-6)));
        Assert.That(weight.std().ToDouble(), Is.EqualTo(bound / Math.Sqrt(3)).Within(0.05 * bound));
    }

    private static torch.Tensor Flat(UNet network) => torch.nn.utils.parameters_to_vector(network.parameters());
}

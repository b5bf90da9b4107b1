namespace Dfx.Diffusion.Tests.Networks;

[TestFixture]
internal sealed class UNetsTests
{
    private static readonly NetworkSignature s_signature = new(new DataShape(1, 28, 28));
    private static readonly NetworkSettings s_small = new() { Channels = 8, Multipliers = [1, 2, 2], Blocks = 1 };

    private static IEnumerable<TestCaseData> Bad()
    {
        yield return new TestCaseData(s_small with { Family = "ddpmp" }, "'ddpmp'", "'ddpmpp'");
        yield return new TestCaseData(s_small with { Family = "amd" }, "'amd'", "'adm'");
        yield return new TestCaseData(s_small with { Family = "lite" }, "'lite'", "'light'");
        yield return new TestCaseData(s_small with { Family = "light", Attention = [7] }, "resolution 7", "expected none");
        yield return new TestCaseData(s_small with { Family = "adm", Channels = 200, Multipliers = [1] }, "200 channels", "3 attention heads");
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
        var error = Assert.Throws<ArgumentException>(() => UNets.Create(settings, s_signature, 1));
        Assert.That(error.Message, Does.Contain(what).And.Contain(expected));
    }

    private static IEnumerable<TestCaseData> BadSignatures()
    {
        yield return new TestCaseData(s_signature with { Condition = -1 }, "-1 condition channels");
        yield return new TestCaseData(s_signature with { Outputs = 0 }, "0 outputs");
        yield return new TestCaseData(s_signature with { Classes = 2, NoiseBlind = true }, "cannot be told classes");
        yield return new TestCaseData(s_signature with { Augmentation = 2, NoiseBlind = true }, "cannot be told classes");
        yield return new TestCaseData(s_signature with { LabelDropout = 1 }, "label dropout is 1");
    }

    [TestCaseSource(nameof(BadSignatures))]
    public void Inputs_that_make_no_sense_are_refused(NetworkSignature signature, string what) =>
        Assert.That(() => UNets.Create(s_small, signature, 1), Throws.ArgumentException.With.Message.Contain(what));

    [Test]
    public void Output_has_the_shape_of_the_images(
        [Values("ddpmpp", "ncsnpp", "adm", "light")] string family, [Values(28, 4)] int height, [Values(28, 12)] int width)
    {
        using var scope = torch.NewDisposeScope();
        using var network = UNets.Create(s_small with { Family = family }, new(new DataShape(3, height, width)) { Condition = 2 }, 1);
        var x = torch.ones(5, 3, height, width);
        var y = network.call(x, torch.ones(5), new() { Channels = torch.ones(5, 2, height, width) });
        Assert.That(y.shape, Is.EqualTo(x.shape));
    }

    [Test]
    public void A_condition_is_asked_for_and_used()
    {
        using var scope = torch.NewDisposeScope();
        using var network = UNets.Create(s_small, s_signature with { Condition = 1 }, 1);
        using var plain = UNets.Create(s_small, s_signature, 1);
        var (x, label) = (torch.ones(2, 1, 28, 28), torch.ones(2));
        Assert.Multiple(() =>
        {
            Assert.That(() => network.call(x, label, null), Throws.ArgumentException);
            Assert.That(() => plain.call(x, label, Channels(x)), Throws.ArgumentException);
            Assert.That(network.call(x, label, Channels(x)).MaxError(network.call(x, label, Channels(x * 2))), Is.Positive);
        });
    }

    [Test]
    public void The_seed_decides_the_weights_and_nothing_else_does()
    {
        using var scope = torch.NewDisposeScope();
        using var a = UNets.Create(s_small, s_signature, 1);
        torch.manual_seed(99);
        using var b = UNets.Create(s_small, s_signature, 1);
        using var c = UNets.Create(s_small, s_signature, 2);
        using var d = UNets.Create(s_small, s_signature, 1, purpose: "module");
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
        using var network = UNets.Create(s_small with { Channels = 32, Attention = [7] }, s_signature, 1);
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

    // Uniform in ± 1 / √fan_in, biases too; residual paths and the output start at 0.
    [TestCase("adm", "enc.14x14_block0", "out_conv")]
    [TestCase("light", "levels.14x14_block0", "last")]
    public void Weights_of_adm_and_light_start_as_published(string family, string block, string last)
    {
        using var scope = torch.NewDisposeScope();
        using var network = UNets.Create(s_small with { Family = family, Channels = 32 }, s_signature with { Classes = 100 }, 1);
        var parameters = network.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        Assert.Multiple(() =>
        {
            AssertUniform(parameters[$"{block}.conv0.weight"], 1 / Math.Sqrt(9.0 * (family == "adm" ? 32 : 64)));
            AssertUniform(parameters["map_layer1.weight"], 1 / Math.Sqrt(128));
            Assert.That(parameters["map_layer1.bias"].abs().max().ToDouble(), Is.InRange(0.8 / Math.Sqrt(128), 1 / Math.Sqrt(128)));
            Assert.That(parameters["map_label.weight"].std().ToDouble(), Is.EqualTo(1).Within(0.05));
            Assert.That(parameters[$"{block}.conv1.weight"].abs().max().ToDouble(), Is.Zero);
            Assert.That(network.call(torch.ones(1, 1, 28, 28), torch.ones(1), new() { Labels = torch.zeros(1, torch.ScalarType.Int64) }).abs().max().ToDouble(), Is.Zero);
            Assert.That(parameters, Does.ContainKey($"{last}.weight"));
        });
    }

    // Standard deviation 16, and no parameter: training leaves it as it is, checkpoints have it.
    [Test]
    public void Frequencies_of_ncsnpp_are_drawn_once()
    {
        using var network = UNets.Create(s_small with { Family = "ncsnpp", Channels = 256, Multipliers = [1] }, s_signature, 1);
        var frequencies = network.state_dict()["map_noise.freqs"];
        Assert.That(frequencies.std().ToDouble(), Is.EqualTo(16).Within(2));
        Assert.That(network.named_parameters().Select(p => p.name), Has.None.EqualTo("map_noise.freqs"));
    }

    [Test]
    public void The_card_counts_the_parameters()
    {
        using var network = UNets.Create(s_small, s_signature, 1);
        Assert.That(network.Card.Name, Is.EqualTo("ddpmpp"));
        Assert.That(network.Card.Parameters, Is.EqualTo(network.state_dict().Values.Sum(t => t.numel())));
    }

    private static NetworkInputs Channels(torch.Tensor x) => new() { Channels = x };

    private static void AssertXavier(torch.Tensor weight, int fanIn, int fanOut, double gain)
    {
        AssertUniform(weight, gain * Math.Sqrt(6.0 / (fanIn + fanOut)));
    }

    private static void AssertUniform(torch.Tensor weight, double bound)
    {
        Assert.That(weight.abs().max().ToDouble(), Is.InRange(0.99 * bound, bound * (1 + 1e-6)));
        Assert.That(weight.std().ToDouble(), Is.EqualTo(bound / Math.Sqrt(3)).Within(0.05 * bound));
    }

    private static torch.Tensor Flat(UNet network) => torch.nn.utils.parameters_to_vector(network.parameters());
}

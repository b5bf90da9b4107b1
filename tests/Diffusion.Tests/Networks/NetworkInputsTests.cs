namespace Dfx.Diffusion.Tests.Networks;

/// <summary>What networks are told beside the noise level: classes, augmentation, channels.</summary>
[TestFixture("ddpmpp")]
[TestFixture("ncsnpp")]
[TestFixture("adm")]
[TestFixture("light")]
internal sealed class NetworkInputsTests(string family)
{
    private const int Classes = 3;
    private static readonly NetworkSignature s_told = new(new DataShape(1, 8, 8)) { Classes = Classes, Augmentation = 2 };

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void A_class_changes_the_output_of_its_image_alone()
    {
        using var network = Network(s_told);
        var (a, b) = (Run(network, [0, 1]), Run(network, [0, 2]));
        Assert.That(a[0].MaxError(b[0]), Is.Zero);
        Assert.That(a[1].MaxError(b[1]), Is.Positive);
    }

    [Test]
    public void No_class_is_what_a_class_without_weights_would_be()
    {
        using var network = Network(s_told);
        var none = Run(network, [NetworkInputs.NoClass, NetworkInputs.NoClass]);
        using (torch.no_grad())
        {
            network.named_parameters().Single(p => p.name == "map_label.weight").parameter.fill_(0);
        }

        Assert.That(Run(network, [1, 2]).MaxError(none), Is.Zero);
    }

    [TestCase(3)]
    [TestCase(-2)]
    public void Another_label_is_refused(int label)
    {
        using var network = Network(s_told);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Run(network, [label, 0]));
        Assert.That(error.Message, Does.Contain(label.ToString(System.Globalization.CultureInfo.InvariantCulture)).And.Contain("3 classes"));
    }

    [Test]
    public void Labels_are_asked_for_and_not_taken_where_there_are_none()
    {
        using var told = Network(s_told);
        using var plain = Network(new(s_told.Images));
        var (x, levels) = (torch.ones(2, 1, 8, 8), torch.ones(2));
        Assert.Multiple(() =>
        {
            Assert.That(() => told.call(x, levels, null), Throws.ArgumentException.With.Message.Contain("3 classes"));
            Assert.That(() => told.call(x, null, new() { Labels = Labels([0, 1]) }), Throws.ArgumentException.With.Message.Contain("noise levels"));
            Assert.That(() => told.call(x, levels, new() { Labels = torch.ones(2) }), Throws.ArgumentException.With.Message.Contain("int64"));
            Assert.That(() => plain.call(x, levels, new() { Labels = Labels([0, 1]) }), Throws.ArgumentException.With.Message.Contain("without class labels"));
            Assert.That(() => plain.call(x, levels, new() { Augmentation = torch.ones(2, 2) }), Throws.ArgumentException.With.Message.Contain("0 numbers"));
        });
    }

    [Test]
    public void Augmentation_of_zeros_is_none()
    {
        using var network = Network(s_told);
        var none = Run(network, [0, 1]);
        Assert.That(Run(network, [0, 1], torch.zeros(2, 2)).MaxError(none), Is.Zero);
        Assert.That(Run(network, [0, 1], torch.ones(2, 2)).MaxError(none), Is.Positive);
    }

    [Test]
    public void Label_dropout_hides_classes_in_training_alone_the_same_ones_at_the_same_step()
    {
        using var network = Network(s_told with { LabelDropout = 0.5 });
        var labels = Enumerable.Repeat(1L, 64).ToArray();
        var shown = Run(network, labels);
        network.train();
        network.AtStep(7);
        var first = Run(network, labels);
        network.AtStep(7);
        var again = Run(network, labels);

        // Row by row: some kernels of BLAS round the last rows of a batch otherwise, and that is no hidden class.
        var hidden = Enumerable.Range(0, 64).Count(i => first[i].MaxError(shown[i]) > 1e-6);
        Assert.That(hidden, Is.InRange(16, 48));
        Assert.That(again.MaxError(first), Is.Zero);
    }

    [Test]
    public void Bfloat16_stays_close_to_float32()
    {
        using var full = Network(s_told);
        using var half = Network(s_told, Precision.Bfloat16);
        var expected = Run(full, [0, 1]);
        var error = Run(half, [0, 1]).MaxError(expected) / expected.abs().max().ToDouble();
        Assert.That(error, Is.GreaterThan(0).And.LessThan(0.05));
    }

    // Random weights everywhere: a new network returns zeros, or nearly so, whatever it is told.
    private UNet Network(NetworkSignature signature, Precision precision = Precision.Float32)
    {
        var settings = new NetworkSettings { Family = family, Channels = 8, Multipliers = [1, 2], Blocks = 1 };
        var network = UNets.Create(settings, signature, 1, precision: precision);
        network.Restore(new(FormulaWeights.Of(network)));
        network.eval();
        return network;
    }

    private static torch.Tensor Run(UNet network, long[] labels, torch.Tensor? augmentation = null)
    {
        using var outside = torch.no_grad();
        var x = torch.ones(labels.Length, 1, 8, 8);
        return network.call(x, torch.ones(labels.Length), new() { Labels = Labels(labels), Augmentation = augmentation });
    }

    private static torch.Tensor Labels(long[] labels) => torch.tensor(labels);
}

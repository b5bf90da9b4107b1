namespace Dfx.Diffusion.Tests.Networks;

/// <summary>Group normalisation of images whose channels lie side by side, against libtorch's.</summary>
[TestFixture]
internal sealed class ChannelsLastTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void The_layout_changes_and_the_values_stay()
    {
        var x = Random(2, 8, 5, 3);
        var y = ChannelsLast.Of(x);
        Assert.That(ChannelsLast.Is(x), Is.False);
        Assert.That(ChannelsLast.Is(y), Is.True);
        Assert.That(y.MaxError(x), Is.Zero);
    }

    /// <summary>Images of one channel lie both ways; libtorch has to be told, or the whole network runs on planes.</summary>
    [Test]
    public void One_channel_makes_convolutions_lay_theirs_side_by_side()
    {
        var weight = Random(8, 1, 3, 3);
        var image = Random(2, 1, 6, 6);
        var (planes, pixels) = (torch.nn.functional.conv2d(image, weight), torch.nn.functional.conv2d(ChannelsLast.Of(image), weight));
        Assert.That(ChannelsLast.Is(planes), Is.False);
        Assert.That(ChannelsLast.Is(pixels.@float()), Is.True);
        Assert.That(pixels.MaxError(planes), Is.LessThan(1e-12));
    }

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(8)]
    public void Norms_and_their_gradients_agree_in_float64(int groups)
    {
        using var norm = new NormLayer(8, groups, 1e-5);
        norm.to(torch.float64);
        var (x, shift, weight, bias) = (Random(3, 8, 5, 3), Random(3, 8, 1, 1), norm.get_parameter("weight")!, norm.get_parameter("bias")!);
        using (torch.no_grad())
        {
            weight.copy_(Random(8));
            bias.copy_(Random(8) + 1);
        }

        torch.Tensor[] mine = [.. Gradients(v => norm.Shifted(ChannelsLast.Of(v[0]), v[1]), x, shift), weight.grad!, bias.grad!];
        var native = Gradients(v => torch.nn.functional.group_norm(v[0] + v[1], groups, v[2], v[3], 1e-5), x, shift, weight.detach(), bias.detach());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ChannelsLast.Is(mine[0]), Is.True);
            foreach (var (a, b) in mine.Zip(native))
            {
                Assert.That(a.MaxError(b), Is.LessThan(1e-12));
            }
        }
    }

    // The variance is that of centred features: a mean of a thousand deviations costs no digits beyond those of the features themselves.
    [Test]
    public void A_large_mean_does_not_spoil_float32()
    {
        var x = Random(3, 8, 16, 16).@float() + 1000;
        using var norm = new NormLayer(8, 2, 1e-5);
        var exact = torch.nn.functional.group_norm(x.@double(), 2, torch.ones(8, dtype: torch.float64), torch.zeros(8, dtype: torch.float64), 1e-5);
        Assert.That(norm.call(ChannelsLast.Of(x)).MaxError(exact), Is.LessThan(1e-3));
    }

    private static torch.Tensor Random(params long[] shape) =>
        new InitialWeights(1, "test" + shape.Length).Normal(1, shape).@double();

    private static torch.Tensor[] Gradients(Func<torch.Tensor[], torch.Tensor> function, params torch.Tensor[] inputs)
    {
        torch.Tensor[] leaves = [.. inputs.Select(i => i.clone().with_requires_grad())];
        var y = function(leaves);
        (y * y.square().add(1)).sum().backward();
        return [y, .. leaves.Select(l => l.grad!)];
    }
}

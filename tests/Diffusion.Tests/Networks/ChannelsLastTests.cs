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

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(8)]
    public void Norms_and_their_gradients_agree_in_float64(int groups)
    {
        var (x, weight, bias) = (Random(3, 8, 5, 3), Random(8), Random(8));
        var mine = Gradients(v => ChannelsLastNorm.Of(ChannelsLast.Of(v[0]), groups, v[1], v[2], 1e-5), x, weight, bias);
        var native = Gradients(v => torch.nn.functional.group_norm(v[0], groups, v[1], v[2], 1e-5), x, weight, bias);
        Assert.Multiple(() =>
        {
            foreach (var (a, b) in mine.Zip(native))
            {
                Assert.That(a.MaxError(b), Is.LessThan(1e-12));
            }
        });
    }

    // The variance is that of centred features: a mean of a thousand deviations costs no digits beyond those of the features themselves.
    [Test]
    public void A_large_mean_does_not_spoil_float32()
    {
        var x = Random(3, 8, 16, 16).@float() + 1000;
        var (weight, bias) = (torch.ones(8), torch.zeros(8));
        var exact = torch.nn.functional.group_norm(x.@double(), 2, weight.@double(), bias.@double(), 1e-5);
        Assert.That(ChannelsLastNorm.Of(ChannelsLast.Of(x), 2, weight, bias, 1e-5).MaxError(exact), Is.LessThan(1e-3));
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

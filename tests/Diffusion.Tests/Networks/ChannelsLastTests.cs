namespace Dfx.Diffusion.Tests.Networks;

/// <summary>Images whose channels lie side by side.</summary>
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

    private static torch.Tensor Random(params long[] shape) =>
        new InitialWeights(1, "test" + shape.Length).Normal(1, shape).@double();
}

namespace Dfx.SoftDiffusion.Tests.Corruptions;

/// <summary>Against PyTorch's convolutions of the same kernels, in float64.</summary>
[TestFixture]
internal sealed class BlurGoldenTests
{
    private DisposeScope _scope = null!;
    private GoldenFile _golden = null!;

    [SetUp]
    public void SetUp() => (_scope, _golden) = (torch.NewDisposeScope(), new("soft_blur"));

    [TearDown]
    public void TearDown()
    {
        _golden.Dispose();
        _scope.Dispose();
    }

    [Test]
    public void It_is_the_convolution_on_black([Range(0, 5)] int run)
    {
        var (blur, level) = Blur(run);
        var x = _golden["blur_in"];
        Assert.That(blur.Apply(x, level).MaxError(_golden[$"blur{run}_zero"]), Is.LessThan(1e-12));
        Assert.That(blur.Apply(x, Images.Fill(level, 2)).MaxError(_golden[$"blur{run}_zero"]), Is.LessThan(1e-12));
    }

    [Test]
    public void Its_weights_are_the_kernels([Range(0, 5)] int run)
    {
        var (blur, level) = Blur(run);
        var kernel = _golden[$"blur{run}_kernel1d"];
        var (size, row) = (2 * blur.HalfWidth, blur.Side(level, (2 * blur.HalfWidth) + 1)[blur.HalfWidth]);
        Assert.That(kernel.shape, Is.EqualTo(new long[] { size + 1 }));
        Assert.That(row.MaxError(kernel), Is.LessThan(1e-12));
    }

    [Test]
    public void It_is_not_what_wraps_or_mirrors_at_the_borders([Values(1, 2)] int run, [Values("circular", "reflect")] string padding)
    {
        var (blur, level) = Blur(run);
        Assert.That(blur.Apply(_golden["blur_in"], level).MaxError(_golden[$"blur{run}_{padding}"]), Is.GreaterThan(0.1));
    }

    private (GaussianBlur Blur, double Level) Blur(int run)
    {
        var numbers = _golden["blur_sigma_ksize"][run].data<double>().ToArray();
        return (new(16, 16, (int)numbers[1] / 2, 10), numbers[0]);
    }
}

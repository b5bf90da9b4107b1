using Dfx.Diffusion.Tests.Training;
using Dfx.Numerics.Noise;

namespace Dfx.Diffusion.Tests.Processes;

[TestFixture]
internal sealed class PreconditionedDenoiserTests
{
    private DisposeScope _scope = null!;
    private ModelContext _context = null!;
    private PreconditionedDenoiser _model = null!;

    [SetUp]
    public void SetUp()
    {
        _scope = torch.NewDisposeScope();
        _context = Runs.Context(new TestHost(), dropout: 0.5).Model;
        _model = new(UNets.For(_context), Runs.Process, _context.Data.Shape);
    }

    [TearDown]
    public void TearDown()
    {
        _model.Dispose();
        _scope.Dispose();
    }

    [Test]
    public void A_loaded_model_is_an_equal_one_without_dropout()
    {
        using var loaded = PreconditionedDenoiser.Load(_model.ToCheckpoint(), _context with { Seed = 99 }, Runs.Process);
        var (x, sigma) = (Noise().Normal(), torch.tensor(new[] { 0.1, 1, 40 }));
        Assert.That(loaded.Denoise(x, sigma).MaxError(_model.Denoise(x, sigma)), Is.Zero);
        Assert.That(loaded.Networks, Is.EqualTo(_model.Networks));
    }

    [TestCase(torch.ScalarType.Float32)]
    [TestCase(torch.ScalarType.Float64)]
    public void Results_have_the_dtype_of_the_images_and_no_graph(torch.ScalarType dtype)
    {
        var y = _model.Denoise(Noise().Normal().to(dtype), torch.ones([3], dtype));
        Assert.That(y.dtype, Is.EqualTo(dtype));
        Assert.That(y.requires_grad, Is.False);
    }

    [Test]
    public void Without_noise_the_image_is_returned()
    {
        var x = Noise().Normal();
        Assert.That(_model.Denoise(x, torch.full([3], 1e-5, torch.ScalarType.Float64)).MaxError(x), Is.LessThan(1e-4));
    }

    [Test]
    public void The_prior_is_the_first_draw_times_the_level() =>
        Assert.That(_model.Prior(80, Noise()).MaxError(Noise().Normal() * 80), Is.Zero);

    private static SampleNoise Noise() => new(NoiseKey.For(1, "sampling"), 0, 3, new(1, 8, 8), torch.CPU);
}

using Dfx.Numerics.Noise;

namespace Dfx.SoftDiffusion.Tests.Priors;

[TestFixture]
internal sealed class PriorTests
{
    private const int Side = 10;

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase(1)]
    [TestCase(0.9)]
    public void The_low_modes_have_the_moments_of_blurred_training_images(double t)
    {
        var (data, corruption) = (new SmoothData(400, 2, Side), Blur());
        var (kept, expected, covariance) = Kept(data, corruption, t);
        var draws = Draws(SoftPrior.LowModes, data, corruption, t, 10_000).mm(kept);
        var variance = Math.Pow(corruption.Sigma(t), 2);
        Assert.That(kept.shape[1], Is.InRange(4, 60));
        Assert.That((draws.mean([0L]) - expected).norm().ToDouble(), Is.LessThan(0.03 * expected.norm().ToDouble()));
        var noisy = covariance + (torch.eye(kept.shape[1], dtype: torch.ScalarType.Float64) * variance);
        Assert.That((Covariance(draws) - noisy).norm().ToDouble(), Is.LessThan(0.03 * noisy.norm().ToDouble()));
    }

    [TestCase(1)]
    [TestCase(0.9)]
    public void Outside_of_them_there_is_noise_alone(double t)
    {
        var (data, corruption) = (new SmoothData(400, 2, Side), Blur());
        var (kept, _, _) = Kept(data, corruption, t);
        var draws = Draws(SoftPrior.LowModes, data, corruption, t, 10_000);
        var centred = draws - draws.mean([0L]);
        var outside = centred - centred.mm(kept).mm(kept.t());
        var each = outside.square().sum().ToDouble() / 10_000 / (draws.shape[1] - kept.shape[1]);
        Assert.That(each, Is.EqualTo(Math.Pow(corruption.Sigma(t), 2)).Within(1).Percent);
    }

    // A vignette u u' in one colour an image, of which three numbers are Gaussian.
    [Test]
    public void The_colour_prior_has_the_mean_and_the_covariance_of_colours()
    {
        var (data, corruption) = (new SmoothData(400, 3, Side), Blur());
        var u = torch.linalg.eigh(((GaussianBlur)corruption.Operator).Side(4, Side)).Item2.narrow(1, Side - 1, 1);
        torch.Tensor Colours(torch.Tensor x) => u.t().matmul(x.view(-1, 3, Side, Side)).matmul(u).view(-1, 3);
        var images = corruption.Apply((data.All * 2) - 1, Images.Fill(1, 400));
        var flat = Draws(SoftPrior.Colour, data, corruption, 1, 10_000);
        var (drawn, real) = (Colours(flat + 1), Colours(images + 1));
        Assert.That((drawn.mean([0L]) - real.mean([0L])).norm().ToDouble(), Is.LessThan(0.03 * real.mean([0L]).norm().ToDouble()));
        var expected = Covariance(real) + (torch.eye(3, dtype: torch.ScalarType.Float64) * 0.04);
        Assert.That((Covariance(drawn) - expected).norm().ToDouble(), Is.LessThan(0.03 * expected.norm().ToDouble()));
        var rest = (flat + 1).view(-1, 3, Side, Side) - u.matmul(drawn.view(-1, 3, 1, 1)).matmul(u.t());
        Assert.That(rest.mean([0L]).abs().max().ToDouble(), Is.LessThan(5 * 0.2 / 100), "no other mode has a mean");
        Assert.That(rest.square().sum().ToDouble() / 10_000 / ((3 * Side * Side) - 3), Is.EqualTo(0.04).Within(1).Percent);
    }

    [TestCase(1)]
    [TestCase(0.6)]
    [TestCase(0.05)]
    public void The_empirical_prior_is_the_image_of_the_samples_own_number(double t)
    {
        var (data, corruption) = (new SmoothData(50, 2, Side), Blur());
        var drawn = Draw(SoftPrior.Empirical, data, corruption, t, first: 7, count: 5);
        var noise = Noise(2, 7, 5);
        var (z, indices) = (noise.Normal(), noise.Integers(50));
        var images = ((IDataSource)data).Read(Split.Train, indices).@double();
        var expected = corruption.Apply(images, Images.Fill(t, 5)) + (z * corruption.Sigma(t));
        Assert.That(drawn.MaxError(expected), Is.LessThan(1e-12));
        Assert.That(indices.Distinct().Count(), Is.GreaterThan(1));
        Assert.That(Draw(SoftPrior.Empirical, data, corruption, t, first: 9, count: 2).MaxError(drawn.narrow(0, 2, 2)), Is.LessThan(1e-12));
    }

    [Test]
    public void Every_prior_is_that_of_the_sample_in_any_batch([Values] SoftPrior prior)
    {
        var (data, corruption) = (new SmoothData(100, 2, Side), Blur());
        var (all, some) = (Draw(prior, data, corruption, 1, 0, 6), Draw(prior, data, corruption, 1, 4, 2));
        Assert.That(some.MaxError(all.narrow(0, 4, 2)), Is.LessThan(1e-12));
        Assert.That((all[0] - all[1]).abs().max().ToDouble(), Is.GreaterThan(0.01));
    }

    [Test]
    public void What_a_mask_hides_is_black_whatever_the_data_are([Values(torch.ScalarType.Float32, torch.ScalarType.Float64)] torch.ScalarType dtype)
    {
        var (data, masking) = (new SmoothData(50, 2, Side), new Masking(Side, Side));
        var corruption = new SoftCorruption(masking, new([0, 1]));
        using var prior = SoftPriors.Of(new(), corruption, data);
        var noise = new SampleNoise(NoiseKey.For(5, "sampling"), 0, 4, data.Shape, torch.CPU, dtype);
        var drawn = prior.Draw(1, noise);
        Assert.That(drawn.MaxError((Noise(2, 0, 4).Normal() * 0.2) - 1), Is.LessThan(1e-6));
        Assert.That((data.Read, drawn.dtype), Is.EqualTo((0, dtype)));
        Assert.That(prior.Draw(0.5, noise).MaxError(drawn), Is.GreaterThan(0.5), "half of an image is seen there");
        Assert.That(data.Read, Is.EqualTo(4));
    }

    // Grey images as colour ones: three coefficients are one.
    [Test]
    public void Modes_that_depend_on_each_other_are_drawn_together()
    {
        var (data, corruption) = (new GreyData(), Blur());
        var drawn = (Draw(SoftPrior.LowModes, data, corruption, 1, 0, 50) - (Noise(3, 0, 50).Normal() * 0.2)).view(50, 3, -1);
        Assert.That(drawn.select(1, 0).MaxError(drawn.select(1, 2)), Is.LessThan(1e-6));
        Assert.That(drawn.std(0).max().ToDouble(), Is.GreaterThan(0.05));
    }

    [Test]
    public void Images_that_are_all_the_same_are_drawn_as_they_are()
    {
        var (data, corruption) = (new ConstantData(), Blur());
        var drawn = Draw(SoftPrior.LowModes, data, corruption, 1, 0, 3) - (Noise(1, 0, 3).Normal() * 0.2);
        var expected = corruption.Apply(((IDataSource)data).Read(Split.Train, [0]).@double(), Images.Fill(1, 1));
        Assert.That(drawn.MaxError(expected.expand_as(drawn)), Is.LessThan(0.02), "up to modes without a visible mean");
    }

    private static SoftCorruption Blur() => new(new GaussianBlur(Side, Side, Side, 4), new([0.01, 4]));

    private static SampleNoise Noise(int channels, int first, int count) =>
        new(NoiseKey.For(5, "sampling"), first, count, new(channels, Side, Side), torch.CPU);

    private static torch.Tensor Draw(SoftPrior kind, IDataSource data, SoftCorruption corruption, double t, int first, int count)
    {
        using var prior = SoftPriors.Of(new(Prior: kind), corruption, data);
        return prior.Draw(t, Noise(data.Shape.Channels, first, count));
    }

    private static torch.Tensor Draws(SoftPrior kind, IDataSource data, SoftCorruption corruption, double t, int count) =>
        Draw(kind, data, corruption, t, 0, count).flatten(1);

    private static torch.Tensor Covariance(torch.Tensor rows)
    {
        var centred = rows - rows.mean([0L]);
        return centred.t().mm(centred) / (rows.shape[0] - 1);
    }

    // The modes of C as a matrix whose coefficients have a standard deviation above a tenth of the noise's: an orthonormal basis [D, k], and the
    // blurred images' mean and covariance in it.
    private static (torch.Tensor Basis, torch.Tensor Mean, torch.Tensor Covariance) Kept(SmoothData data, SoftCorruption corruption, double t)
    {
        var pixels = Side * Side;
        var matrix = corruption.Operator.Apply(torch.eye(pixels, dtype: torch.ScalarType.Float64).view(pixels, 1, Side, Side), corruption.Schedule.Level(t)).view(pixels, pixels);
        var modes = torch.kron(torch.eye(2, dtype: torch.ScalarType.Float64), torch.linalg.eigh(matrix).Item2.contiguous());
        var images = corruption.Apply((data.All * 2) - 1, Images.Fill(t, data.Count(Split.Train))).flatten(1);
        var kept = images.mm(modes).std(0).gt(corruption.Sigma(t) / 10).nonzero().flatten();
        var basis = modes.index_select(1, kept);
        var coefficients = images.mm(basis);
        return (basis, coefficients.mean([0L]), Covariance(coefficients));
    }

    private sealed class GreyData : IDataSource
    {
        private readonly SmoothData _grey = new(100, 1, Side);

        public DataShape Shape => new(3, Side, Side);

        public IReadOnlyList<string> Classes => [];

        public bool IsImages => false;

        public int Count(Split split) => 100;

        public torch.Tensor Read(Split split, ReadOnlySpan<int> indices) => ((IDataSource)_grey).Read(split, indices).repeat(1, 3, 1, 1);

        public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new NotSupportedException();

        public void Dispose() => _grey.Dispose();
    }

    private sealed class ConstantData : IDataSource
    {
        public DataShape Shape => new(1, Side, Side);

        public IReadOnlyList<string> Classes => [];

        public bool IsImages => false;

        public int Count(Split split) => 2;

        public torch.Tensor Read(Split split, ReadOnlySpan<int> indices) => torch.full([indices.Length, 1, Side, Side], 0.4f);

        public torch.Tensor Labels(Split split, ReadOnlySpan<int> indices) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}

using System.Collections.Immutable;

namespace Dfx.SoftDiffusion.Tests.Scheduling;

[TestFixture]
internal sealed class DistanceTests
{
    private static readonly ImmutableArray<double> s_some = [.. KnownImages.Levels.Where((_, i) => i % 15 == 0)];

    private torch.Tensor _images = null!;

    [OneTimeSetUp]
    public void Setup() => _images = SmoothImages.Of(24, 3, 8, 6);

    [OneTimeTearDown]
    public void TearDown() => _images.Dispose();

    [Test]
    public void Distances_of_known_images_are_those_of_the_formula()
    {
        using var scope = torch.NewDisposeScope();
        var ours = PairedDistances.Of(new GaussianBlur(32, 32, 32, 18), s_some, KnownImages.Images());
        var exact = KnownImages.Distances();
        for (var i = 0; i < s_some.Length; i++)
        {
            for (var j = 0; j < s_some.Length; j++)
            {
                Assert.That(ours[i, j], Is.EqualTo(exact[15 * i, 15 * j]).Within(1e-8));
            }
        }
    }

    /// <summary>24 images of three channels have more rows than pixels; one image has fewer.</summary>
    [TestCase("blur", 24)]
    [TestCase("blur", 1)]
    [TestCase("window", 24)]
    [TestCase("pixels", 24)]
    public void Distances_are_means_over_images(string kind, int count)
    {
        using var scope = torch.NewDisposeScope();
        var (corruption, images) = (Corruption(kind), _images.narrow(0, 0, count));
        var levels = Candidates.Quadratic(corruption.Least, corruption.Most, 9);
        var ours = PairedDistances.Of(corruption, levels, images);
        for (var i = 0; i < 9; i++)
        {
            for (var j = 0; j < 9; j++)
            {
                var gap = corruption.Apply(images.@double(), levels[i]) - corruption.Apply(images.@double(), levels[j]);
                Assert.That(ours[i, j], Is.EqualTo(Math.Sqrt(gap.square().sum().ToDouble() / count)).Within(1e-10));
            }
        }

        Assert.That(PairedDistances.Along(corruption, levels, images), Is.EqualTo(Enumerable.Range(0, 8).Select(i => ours[i, i + 1])).Within(1e-10));
    }

    [TestCase("blur")]
    [TestCase("window")]
    [TestCase("pixels")]
    public void Distances_are_a_metric_that_grows_with_the_gap(string kind)
    {
        using var scope = torch.NewDisposeScope();
        var corruption = Corruption(kind);
        var w = PairedDistances.Of(corruption, Candidates.Quadratic(corruption.Least, corruption.Most, 64), _images);
        for (var i = 0; i < 64; i++)
        {
            Assert.That(w[i, i], Is.Zero);
            for (var j = i + 1; j < 64; j++)
            {
                Assert.That(w[i, j], Is.EqualTo(w[j, i]).And.GreaterThanOrEqualTo(w[i, j - 1] - 1e-9));
                Assert.That(Enumerable.Range(0, 64).Min(k => w[i, k] + w[k, j]), Is.GreaterThanOrEqualTo(w[i, j] - 1e-9));
            }
        }
    }

    /// <summary>All 720 ways to pair six images with their blurred versions: none is cheaper than each with its own by more than 1 %.</summary>
    [TestCase(0.01, 0.8)]
    [TestCase(0.8, 1.3)]
    [TestCase(1, 2.5)]
    [TestCase(2, 4)]
    [TestCase(0.01, 4)]
    public void No_pairing_beats_each_image_with_itself(double from, double to)
    {
        using var scope = torch.NewDisposeScope();
        var (blur, images) = (new GaussianBlur(8, 6, 16, 5), _images.narrow(0, 0, 6).@double());
        var costs = Sinkhorn.Costs(blur.Apply(images, from).flatten(1), blur.Apply(images, to).flatten(1)).data<double>().ToArray();
        var best = Orders(6).Min(order => Math.Sqrt(order.Select((column, row) => costs[(6 * row) + column]).Sum()));
        var own = Math.Sqrt(Enumerable.Range(0, 6).Sum(i => costs[7 * i]));
        Assert.That(best, Is.GreaterThanOrEqualTo(0.99 * own));
        Assert.That(own / Math.Sqrt(6), Is.EqualTo(PairedDistances.Of(blur, [from, to], images)[0, 1]).Within(1e-9));
    }

    [Test]
    public void A_schedule_asked_to_stop_stops() => Assert.That(
        () => PairedDistances.Of(new GaussianBlur(8, 6, 16, 5), [0.01, 1], _images, cancellation: new(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

    private static ILinearCorruption Corruption(string kind) => kind switch
    {
        "blur" => new GaussianBlur(8, 6, 16, 5),
        "window" => new Masking(8, 6, MaskOrder.Window),
        _ => new Masking(8, 6, MaskOrder.Pixels, 48),
    };

    private static IEnumerable<int[]> Orders(int count) => count == 0
        ? [[]]
        : Orders(count - 1).SelectMany(rest => Enumerable.Range(0, count).Select(place => (int[])[.. rest[..place], count - 1, .. rest[place..]]));
}

using Dfx.Data.FashionMnist;
using Dfx.Data.Tasks;
using Dfx.Sdk;

namespace Dfx.Data.Tests.Tasks;

/// <summary>Things before faces.</summary>
[TestFixture]
internal sealed class DeoccludeTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void Nobody_says_where_they_are_unless_an_option_does()
    {
        var seen = Observed.Of("deocclude", torch.zeros(4, 3, 32, 32));
        Assert.That((seen.Mask, seen.Known), Is.EqualTo(((torch.Tensor?)null, (torch.Tensor?)null)));
        Assert.That(seen.Channels!.shape, Is.EqualTo(new long[] { 4, 3, 32, 32 }));
        var told = Observed.Of("deocclude mask", torch.zeros(4, 3, 32, 32));
        Assert.That((told.Channels!.narrow(1, 0, 3) - seen.Channels).abs().max().ToDouble(), Is.Zero, "the same occluders");
    }

    [TestCase(1, 28)]
    [TestCase(3, 64)]
    public void They_cover_a_good_part_of_the_middle_and_have_colours_of_images(int channels, int side)
    {
        var seen = Observed.Of("deocclude mask", torch.full([500, channels, side, side], 5f));
        var (shown, hidden) = (seen.Channels!.narrow(1, 0, channels), 1 - seen.Mask!);
        var places = hidden.mean([0, 1]);
        var middle = places.narrow(0, side / 4, side / 2).narrow(1, side / 4, side / 2).mean();
        var corners = places[0, 0] + places[0, side - 1] + places[side - 1, 0] + places[side - 1, side - 1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((shown * hidden).abs().max().ToDouble(), Is.LessThanOrEqualTo(1));
            Assert.That(((shown - 5) * (1 - hidden)).abs().max().ToDouble(), Is.Zero);
            Assert.That(hidden.mean([1, 2, 3]).min().ToDouble(), Is.GreaterThan(0.02));
            Assert.That(hidden.mean([1, 2, 3]).max().ToDouble(), Is.LessThan(0.85));
            Assert.That(hidden.mean().ToDouble(), Is.InRange(0.2, 0.5));
            Assert.That(corners.ToDouble() / 4, Is.LessThan(0.5 * middle.ToDouble()));
        }
    }

    [Test]
    public void More_things_cover_more()
    {
        double Share(int most) => 1 - new DeoccludeTask(new(most, Mask: true))
            .Observe(new() { Clean = torch.zeros(300, 1, 28, 28), Noise = Observed.Noise("mask", new(1, 28, 28), 0, 300) })!.Mask!.mean().ToDouble();
        Assert.That(Share(1), Is.LessThan(Share(2)).And.GreaterThan(0.08));
        Assert.That(Share(2), Is.LessThan(Share(8)));
    }

    /// <summary>
    /// Occluded images lie about as far from the clean ones as those of the published test set of faces, 10.48 dB (FSG's "occluded image" in the
    /// tables of de-occlusion). Of other data, so no more than a rough guide to the size of things.
    /// </summary>
    [Test]
    public void The_damage_is_about_of_the_published_size()
    {
        using var folder = new TemporaryFolder();
        using var data = new FashionMnistDataset(new()).Open(new(null, folder.Folder("cache")));
        var clean = data.Read(Split.Test, Enumerable.Range(0, 2000).ToArray());
        var seen = Observed.Of("deocclude", clean).Channels!;
        var error = ((seen - clean) / 2).square().mean([1, 2, 3]);
        var psnr = (error.log() * (-10 / Math.Log(10))).mean().ToDouble();
        TestContext.Out.WriteLine($"PSNR of occluded Fashion-MNIST images: {psnr:f2} dB");
        Assert.That(psnr, Is.EqualTo(10.48).Within(1.5));
    }
}

namespace Dfx.Diffusion.Tests.Patching;

[TestFixture]
internal sealed class PatchesTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void A_patch_is_a_part_of_the_image_and_of_the_coordinates()
    {
        var images = new StepNoise(1, "images", torch.CPU).Normal(0, 2, 3, 8, 8);
        var whole = torch.cat([images, Patches.Coordinates(new(3, 8, 8), torch.CPU).expand(2, -1, -1, -1)], 1);
        var cut = Patches.Crop(whole, 2, [0, 4, 1, 3], [2, 0, 4, 4], 4, 4);
        Assert.That(cut.shape, Is.EqualTo(new long[] { 4, 5, 4, 4 }));
        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < 4; column++)
            {
                // Patch 3 is image 1 from row 3 and column 4 on.
                Assert.That(cut[3, 1, row, column].ToSingle(), Is.EqualTo(images[1, 1, 3 + row, 4 + column].ToSingle()));
                Assert.That(cut[3, 3, row, column].ToSingle(), Is.EqualTo((2f * (4 + column) / 7) - 1).Within(1e-6));
                Assert.That(cut[3, 4, row, column].ToSingle(), Is.EqualTo((2f * (3 + row) / 7) - 1).Within(1e-6));
            }
        }
    }

    // Mean pixels of a batch, and of an image, relative to whole images.
    [Test]
    public void Patches_cost_what_the_paper_says()
    {
        var divisors = Enumerable.Range(0, 10_000).Select(i => (double)Patches.Divisor((i + 0.5) / 10_000, 0.5)).ToList();
        Assert.That(divisors.Average(d => 1 / d), Is.EqualTo(0.70).Within(1e-9));
        Assert.That(divisors.Average(d => 1 / d) / divisors.Average(d => d), Is.EqualTo(0.368).Within(5e-4));
    }

    [TestCase(64, 2, 8, 32)]
    [TestCase(64, 4, 8, 16)]
    [TestCase(28, 1, 4, 28)]
    [TestCase(28, 2, 4, 16)]
    [TestCase(28, 4, 4, 8)]
    [TestCase(4, 4, 4, 4)]
    [TestCase(1, 4, 1, 1)]
    public void Sides_are_what_the_network_can_halve(int side, int divisor, int multiple, int expected) =>
        Assert.That(Patches.Side(side, divisor, multiple), Is.EqualTo(expected));
}

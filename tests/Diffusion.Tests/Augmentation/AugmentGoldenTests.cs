namespace Dfx.Diffusion.Tests.Augmentation;

/// <summary>
/// The published augmentation (NVlabs/edm, training/augment.py, commit 008a4e5) on PyTorch 1.13 with stored draws in the place of its random
/// ones. A further image in its batch, shrunk to nothing, made it pad the others by the most that it can.
/// </summary>
[TestFixture]
internal sealed class AugmentGoldenTests
{
    // Both sides compute in float32: over 180 doubled pixels their places alone are known to 1e-5.
    private const double Tolerance = 1e-5;

    private DisposeScope _scope = null!;
    private GoldenFile _golden = null!;

    [SetUp]
    public void SetUp() => (_scope, _golden) = (torch.NewDisposeScope(), new("augment"));

    [TearDown]
    public void TearDown()
    {
        _golden.Dispose();
        _scope.Dispose();
    }

    [Test]
    public void Images_and_labels_are_the_published_ones(
        [Values("3x16x20", "1x32x32")] string shape,
        [Values("none", "xflip", "yflip", "scale-up", "scale-down", "rotate", "rotate-far", "aniso", "aniso-turned", "translate", "far", "all")] string change)
    {
        var (images, labels) = AugmentPipe.Apply(_golden[$"{shape}/images"], [Change(_golden.Doubles($"{shape}/{change}/draws"))]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(images.MaxError(_golden[$"{shape}/{change}/images"]), Is.LessThan(Tolerance));
            Assert.That(labels.MaxError(_golden[$"{shape}/{change}/labels"]), Is.LessThan(1e-6));
        }
    }

    [Test]
    public void A_batch_of_all_changes_gives_each_image_what_it_gets_alone()
    {
        string[] names = ["all", "translate", "none", "scale-down", "xflip", "aniso-turned"];
        var image = _golden["3x16x20/images"];
        var (images, labels) = AugmentPipe.Apply(image.repeat(names.Length, 1, 1, 1), [.. names.Select(n => Change(_golden.Doubles($"3x16x20/{n}/draws")))]);
        Assert.That(images.MaxError(torch.cat([.. names.Select(n => _golden[$"3x16x20/{n}/images"])])), Is.LessThan(Tolerance));
        Assert.That(labels.MaxError(torch.cat([.. names.Select(n => _golden[$"3x16x20/{n}/labels"])])), Is.LessThan(1e-6));
    }

    private static ImageChange Change(double[] d) => new(d[0] == 1, d[1] == 1, d[2], d[3], d[4], d[5], d[6], d[7]);
}

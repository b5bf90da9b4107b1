namespace Dfx.Diffusion.Tests.Training;

[TestFixture]
internal sealed class BatchSourceTests
{
    [Test]
    public void Every_epoch_has_every_image_once_in_another_order()
    {
        var source = new BatchSource(Runs.Context(new TestHost()));
        var seen = Enumerable.Range(0, 29).SelectMany(step => source.Indices(step)).ToArray();
        var (first, second) = (seen[..100], seen[100..200]);
        Assert.That(first, Is.EquivalentTo(Enumerable.Range(0, 100)).And.Not.Ordered);
        Assert.That(second, Is.EquivalentTo(Enumerable.Range(0, 100)).And.Not.EqualTo(first));
    }

    [Test]
    public void A_step_has_the_same_images_in_any_order_of_asking()
    {
        var source = new BatchSource(Runs.Context(new TestHost()));
        var late = source.Indices(20);
        source.Indices(0);
        Assert.That(source.Indices(20), Is.EqualTo(late));
    }

    [Test]
    public void About_half_of_the_images_are_mirrored()
    {
        using var scope = torch.NewDisposeScope();
        var context = Runs.Context(new TestHost());
        var plain = new BatchSource(context with { Settings = context.Settings with { Flip = false } });
        var flipping = new BatchSource(context);
        var mirrored = 0;
        for (var step = 0; step < 20; step++)
        {
            var (a, b) = (plain.Clean(step), flipping.Clean(step));
            for (var i = 0; i < 7; i++)
            {
                var same = a[i].MaxError(b[i]) == 0;
                Assert.That(same || a[i].flip(2).MaxError(b[i]) == 0);
                mirrored += same ? 0 : 1;
            }
        }

        Assert.That(mirrored, Is.InRange(50, 90));
    }
}

using Dfx.Data.Images;

namespace Dfx.Data.Tests;

public sealed class ImageGridTests
{
    [Test]
    public void Three_images_in_two_columns()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.tensor(new byte[] { 1, 2, 3, 4, 5, 6 }, [3, 1, 1, 2]);
        var grid = ImageGrid.Compose(images, columns: 2, padding: 1);

        byte[] expected =
        [
            255, 255, 255, 255, 255, 255, 255,
            255, 1, 2, 255, 3, 4, 255,
            255, 255, 255, 255, 255, 255, 255,
            255, 5, 6, 255, 255, 255, 255,
            255, 255, 255, 255, 255, 255, 255,
        ];
        Assert.That(grid.shape, Is.EqualTo(new long[] { 1, 5, 7 }));
        Assert.That(grid.data<byte>().ToArray(), Is.EqualTo(expected));
    }

    [Test]
    public void Pixels_are_enlarged()
    {
        using var scope = torch.NewDisposeScope();
        var image = torch.tensor(new byte[] { 1, 2, 3, 4 }, [1, 1, 2, 2]);
        var grid = ImageGrid.Compose(image, columns: 5, padding: 0, scale: 2);

        Assert.That(grid.data<byte>().ToArray(), Is.EqualTo(new byte[] { 1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4 }));
    }

    [Test]
    public void Colours_stay_apart()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.arange(0, 36, dtype: torch.uint8).reshape(3, 3, 2, 2);
        var grid = ImageGrid.Compose(images, columns: 3, padding: 0);

        Assert.That(grid.shape, Is.EqualTo(new long[] { 3, 2, 6 }));
        Assert.That(grid[2].contiguous().data<byte>().ToArray(), Is.EqualTo(new byte[] { 8, 9, 20, 21, 32, 33, 10, 11, 22, 23, 34, 35 }));
    }

    [Test]
    public void Wrong_arguments_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.zeros([1, 1, 2, 2], dtype: torch.uint8);
        Assert.That(() => ImageGrid.Compose(images, 0), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => ImageGrid.Compose(images, 1, -1), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => ImageGrid.Compose(images, 1, 0, 0), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => ImageGrid.Compose(images.to(torch.float32), 1), Throws.ArgumentException.With.Message.Contains("Float32"));
        Assert.That(() => ImageGrid.Compose(images[0], 1), Throws.ArgumentException);
    }
}

using Dfx.Data.Images;
using Dfx.Sdk;

namespace Dfx.Metrics.Tests;

/// <summary>Whether the distances put images into the order in which anyone would.</summary>
public sealed class SanityTests
{
    private const int Half = 5000;

    [Test]
    public void Better_images_are_nearer()
    {
        using var scope = torch.NewDisposeScope();
        using var fashion = new FashionMnist();
        var (half, other) = (fashion.Bytes(Split.Test, 0, Half), fashion.Bytes(Split.Test, Half, Half));
        var train = fashion.Data.Read(Split.Train, Enumerable.Range(0, Half).ToArray());
        var images = new (string Name, torch.Tensor Bytes)[]
        {
            ("the other half of the test images", other),
            ("training images", PixelBytes.Quantize(train)),
            ("training images with noise of sigma 0.1", PixelBytes.Quantize(train + (Noise(1) * 0.1))),
            ("training images, 3x3 means", PixelBytes.Quantize(torch.nn.functional.avg_pool2d(train, 3, 1, 1))),
            ("training images with noise of sigma 0.4", PixelBytes.Quantize(train + (Noise(1) * 0.4))),
            ("trousers alone", Trousers(fashion)),
            ("uniform noise", torch.tensor(RandomBytes(2), [Half, 1, 28, 28])),
        };
        using var cache = new MemoryCache();
        var found = images.ToDictionary(i => i.Name, i => fashion.Distance(i.Bytes, half, cache.Kept));
        foreach (var (name, distance) in found)
        {
            TestContext.Out.WriteLine($"{distance,10:f4}  {name}");
        }

        var (real, noisy, blurred, noise) = (found[images[0].Name], found[images[4].Name], found[images[3].Name], found[images[6].Name]);
        Assert.That(real, Is.LessThan(Math.Min(noisy, blurred) / 10));
        Assert.That(found[images[2].Name], Is.LessThan(noisy), "more noise is farther");
        Assert.That(real, Is.LessThan(found[images[5].Name] / 10), "one class is not all of them");
        Assert.That(Math.Max(noisy, blurred), Is.LessThan(noise / 2));
    }

    private static torch.Tensor Noise(int seed) => Sample.Normal(seed, Half, 784).to(torch.float32).reshape(Half, 1, 28, 28);

    private static byte[] RandomBytes(int seed)
    {
        var bytes = new byte[Half * 784];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static torch.Tensor Trousers(FashionMnist fashion)
    {
        var labels = fashion.Data.Labels(Split.Train, Enumerable.Range(0, 60_000).ToArray()).data<long>().ToArray();
        var chosen = Enumerable.Range(0, 60_000).Where(i => labels[i] == 1).Take(Half).ToArray();
        return PixelBytes.Quantize(fashion.Data.Read(Split.Train, chosen));
    }
}

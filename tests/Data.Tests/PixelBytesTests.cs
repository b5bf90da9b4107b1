using Dfx.Data.Images;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

public sealed class PixelBytesTests
{
    // The borders between bytes lie at 127.5 (x + 1) = k + 1/2.
    [TestCase(-1.0, 0)]
    [TestCase(-7.5, 0)]
    [TestCase(1.0, 255)]
    [TestCase(3.0, 255)]
    [TestCase(0.0, 128)]
    [TestCase(-0.0001, 127)]
    [TestCase((0.499 / 127.5) - 1, 0)]
    [TestCase((0.501 / 127.5) - 1, 1)]
    [TestCase((254.499 / 127.5) - 1, 254)]
    [TestCase((254.501 / 127.5) - 1, 255)]
    public void Values_are_rounded_and_clamped(double value, int expected)
    {
        foreach (var dtype in new[] { torch.float32, torch.float64 })
        {
            using var input = torch.tensor(value, dtype: dtype);
            using var bytes = PixelBytes.Quantize(input);

            Assert.That(bytes.dtype, Is.EqualTo(torch.uint8));
            Assert.That(bytes.ToInt64(), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Every_byte_comes_back()
    {
        using var scope = torch.NewDisposeScope();
        var bytes = torch.arange(0, 256, dtype: torch.float32);
        Assert.That(PixelBytes.Quantize((bytes / 127.5) - 1).data<byte>().ToArray(), Is.EqualTo(Enumerable.Range(0, 256)));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    public void What_is_not_finite_is_refused(double value)
    {
        using var images = torch.tensor(new[] { 0.0, value, 0.5, value });
        Assert.That(() => PixelBytes.Quantize(images), Throws.TypeOf<DivergedException>().With.Message.Contains("2 of 4"));
    }

    [Test]
    public void A_tensor_is_a_set_of_images()
    {
        using var tensor = torch.arange(0, 24, dtype: torch.uint8).reshape(3, 1, 2, 4);
        var images = new TensorImages(tensor);
        using var read = images.Read(1, 2);

        Assert.That(images.Shape, Is.EqualTo(new DataShape(1, 2, 4)));
        Assert.That(read.data<byte>().ToArray(), Is.EqualTo(Enumerable.Range(8, 16)));
    }
}

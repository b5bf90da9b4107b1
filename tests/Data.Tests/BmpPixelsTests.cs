using System.Buffers.Binary;
using Dfx.Data.Images;

namespace Dfx.Data.Tests;

/// <summary>BMP images, written after Microsoft's description of the format: the stored bytes are the pixels.</summary>
public sealed class BmpPixelsTests
{
    private const int Side = BmpSamples.Side;

    private static readonly byte[] s_pixels = BmpSamples.Pixels;

    [TestCase(false)]
    [TestCase(true)]
    public void Three_bytes_a_pixel(bool fromTheTop) => Assert.That(Decoded(BmpSamples.Bmp(24, BmpSamples.Rows(24, fromTheTop), height: fromTheTop ? -Side : Side)), Is.EqualTo(s_pixels));

    [Test]
    public void The_oldest_header() => Assert.That(Decoded(BmpSamples.Old(BmpSamples.Rows(24))), Is.EqualTo(s_pixels));

    // The fourth byte says nothing without a mask.
    [TestCase(0, 40)]
    [TestCase(3, 40)]
    [TestCase(3, 108)]
    [TestCase(3, 124)]
    public void Four_bytes_a_pixel(int packing, int header)
    {
        byte[] pixels = [.. s_pixels.Chunk(3).SelectMany((c, i) => header > 40 ? c.Select(v => (byte)(((BmpSamples.Alpha(i) * v) + ((255 - BmpSamples.Alpha(i)) * 255) + 127) / 255)) : c)];
        Assert.That(Decoded(BmpSamples.Bmp(32, BmpSamples.Rows(32), packing, header)), Is.EqualTo(pixels));
    }

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(8)]
    public void Colours_of_a_palette(int bits)
    {
        var colours = Math.Min(16, 1 << bits);
        byte[] palette = [.. Enumerable.Range(0, colours).SelectMany(i => (byte[])[(byte)(7 * i), (byte)(255 - i), (byte)(i * i), 0])];
        byte[] row = bits == 8 ? [0, 1, 2, 15] : bits == 4 ? [0x01, 0x2f, 0, 0] : [0b0110_0000, 0, 0, 0];
        int[] named = bits == 1 ? [0, 1, 1, 0] : [0, 1, 2, 15];
        byte[] expected = [.. Enumerable.Repeat(named.SelectMany(i => (byte[])[(byte)(i * i), (byte)(255 - i), (byte)(7 * i)]), Side).SelectMany(line => line)];
        Assert.That(Decoded(BmpSamples.Bmp(bits, [.. Enumerable.Repeat(row, Side).SelectMany(line => line)], palette: palette)), Is.EqualTo(expected));
    }

    [TestCase(16, 0)]
    [TestCase(8, 1)]
    [TestCase(4, 2)]
    [TestCase(24, 4)]
    public void What_programs_turn_into_bytes_in_different_ways_is_refused(int bits, int packing) =>
        Assert.That(() => Decoded(BmpSamples.Bmp(bits, BmpSamples.Rows(32), packing)), Throws.TypeOf<InvalidDataException>().With.Message.Contains($"{bits} bits a pixel and packing {packing}"));

    [Test]
    public void Channels_of_ten_bits_are_refused()
    {
        var file = BmpSamples.Bmp(32, BmpSamples.Rows(32), 3);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(54), 0x3ff00000);
        Assert.That(() => Decoded(file), Throws.TypeOf<InvalidDataException>().With.Message.Contains("packing 3"));
    }

    [Test]
    public void A_cut_file_is_refused_wherever_it_was_cut()
    {
        var file = BmpSamples.Bmp(24, BmpSamples.Rows(24));
        Assert.Multiple(() =>
        {
            for (var length = 0; length < file.Length; length++)
            {
                Assert.That(() => Decoded(file[..length]), Throws.TypeOf<InvalidDataException>(), $"{length} bytes");
            }
        });
    }

    private static byte[] Decoded(byte[] file)
    {
        var image = new PixelBuffer();
        ImagePixels.Decode(file, image);
        return image.Pixels.ToArray();
    }
}

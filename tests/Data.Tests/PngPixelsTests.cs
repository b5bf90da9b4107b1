using System.IO.Compression;
using Dfx.Data.Images;
using SkiaSharp;

namespace Dfx.Data.Tests;

/// <summary>PNG images of every kind, written after the specification (RFC 2083): the stored bytes are the pixels.</summary>
public sealed class PngPixelsTests
{
    private const byte Grey = 0;
    private const byte Rgb = 2;
    private const byte Palette = 3;
    private const byte GreyAlpha = 4;
    private const byte Rgba = 6;

    private static readonly byte[] Ramp = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    private static readonly TestCaseData[] Words =
    [
        new(("gAMA", Samples.BigEndian(100_000))) { TestName = "gamma 1" },
        new(("gAMA", Samples.BigEndian(55_556))) { TestName = "gamma 1/1.8" },
        new(("gAMA", Samples.BigEndian(45_455))) { TestName = "gamma 1/2.2" },
        new(("sRGB", new byte[] { 0 })) { TestName = "sRGB" },
        new(("cICP", new byte[] { 9, 16, 0, 1 })) { TestName = "BT.2020, PQ" },
        new(("cHRM", new[] { 31270, 32900, 70800, 29200, 17000, 79700, 13100, 4600 }.SelectMany(Samples.BigEndian).ToArray())) { TestName = "BT.2020's primaries" },
        new(("iCCP", Profile())) { TestName = "a profile that exchanges red and blue" },
        new(("sBIT", new byte[] { 5, 6, 5 })) { TestName = "5, 6 and 5 bits that count" },
        new(("bKGD", new byte[] { 0, 1, 0, 2, 0, 3 })) { TestName = "background" },
        new(("eXIf", "MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0"u8.ToArray())) { TestName = "orientation" },
    ];

    [TestCaseSource(nameof(Words))]
    public void No_chunk_beside_the_pixels_changes_them((string Type, byte[] Data) chunk)
    {
        var rows = Ramp.Chunk(48).Take(5).Select(row => (byte[])[0, .. row]).ToArray();
        var image = Decoded(Samples.Png((8, Rgb), 16, rows, chunk));
        Assert.That(image, Is.EqualTo(Ramp[..240]));
    }

    [Test]
    public void The_profile_of_the_test_is_one_that_Skia_follows_where_it_is_asked_to()
    {
        using var profile = SKColorSpace.CreateIcc(Samples.Golden("swapped.icc"));
        Assert.That((profile?.IsSrgb, profile?.GammaIsLinear), Is.EqualTo((false, true)));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    [TestCase(8)]
    public void Grey_of_few_bits_is_spread_over_all_bytes(int depth)
    {
        var levels = 1 << depth;
        byte[] expected = [.. Enumerable.Range(0, levels).SelectMany(v => Enumerable.Repeat((byte)(v * 255 / (levels - 1)), 3))];
        Assert.That(Decoded(Samples.Png(((byte)depth, Grey), levels, [Row(depth)])), Is.EqualTo(expected));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    [TestCase(8)]
    public void One_grey_may_be_transparent(int depth)
    {
        var levels = 1 << depth;
        byte[] expected = [.. Enumerable.Range(0, levels).SelectMany(v => Enumerable.Repeat((byte)(v == 1 ? 255 : v * 255 / (levels - 1)), 3))];
        Assert.That(Decoded(Samples.Png(((byte)depth, Grey), levels, [Row(depth)], ("tRNS", [0, 1]))), Is.EqualTo(expected));
    }

    // As libpng does; a pixel that names no colour is an error that no decoder can report without unpacking.
    [TestCase(2, 3)]
    [TestCase(4, 5)]
    [TestCase(8, 200)]
    public void What_a_palette_does_not_have_is_black(int depth, int colours)
    {
        byte[] palette = [.. Ramp, .. Ramp, .. Ramp];
        var named = palette[1..(1 + (3 * colours))];
        byte[] expected = [.. named, .. new byte[3 * ((1 << depth) - colours)]];
        Assert.That(Decoded(Samples.Png(((byte)depth, Palette), 1 << depth, [Row(depth)], ("PLTE", named))), Is.EqualTo(expected));
    }

    [Test]
    public void Every_colour_and_alpha_is_laid_on_white_without_a_second_rounding()
    {
        var rows = Ramp.Select(alpha => (byte[])[0, .. Ramp.SelectMany(c => (byte[])[c, (byte)(255 - c), 7, alpha])]).ToArray();
        byte[] expected = [.. Ramp.SelectMany(alpha => Ramp.SelectMany(c => (byte[])[OnWhite(c, alpha), OnWhite(255 - c, alpha), OnWhite(7, alpha)]))];
        Assert.That(Decoded(Samples.Png((8, Rgba), 256, rows)), Is.EqualTo(expected));
    }

    // Skia knows a code for images of alpha alone: one bit of grey that counts, eight of alpha.
    [Test]
    public void Grey_with_alpha_stays_grey_whatever_bits_count()
    {
        byte[] row = [0, .. Ramp.SelectMany(c => (byte[])[c, (byte)(255 - c)])];
        byte[] expected = [.. Ramp.SelectMany(c => Enumerable.Repeat(OnWhite(c, 255 - c), 3))];
        Assert.That(Decoded(Samples.Png((8, GreyAlpha), 256, [row], ("sBIT", [1, 8]))), Is.EqualTo(expected));
    }

    [Test]
    public void Damage_in_any_chunk_that_counts_is_refused()
    {
        var png = Samples.Png((8, Palette), 4, [[0, 0, 1, 2, 3]], ("PLTE", [1, 2, 3, 4, 5, 6, 7, 8, 9]), ("tRNS", [9]), ("tEXt", [1, 0, 2]));
        Assert.That(() => Decoded(png), Throws.Nothing);
        Assert.Multiple(() =>
        {
            foreach (var type in (string[])["IHDR", "PLTE", "IDAT", "IEND"])
            {
                byte[] damaged = [.. png];
                var at = png.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(type));
                damaged[at + 4] ^= 1; // its data, or where it has none, its checksum
                Assert.That(() => Decoded(damaged), Throws.TypeOf<InvalidDataException>(), type);
            }
        });
    }

    [Test]
    public void Sixteen_bits_are_refused() =>
        Assert.That(() => Decoded(Samples.Png((16, Grey), 2, [[0, 1, 2, 3, 4]])), Throws.TypeOf<InvalidDataException>().With.Message.Contains("16 bits"));

    // A name, the kind of packing, the packed profile.
    private static byte[] Profile()
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(Samples.Golden("swapped.icc"));
        }

        return [(byte)'x', 0, 0, .. packed.ToArray()];
    }

    private static byte OnWhite(int colour, int alpha) => (byte)(((alpha * colour) + ((255 - alpha) * 255) + 127) / 255);

    // One row of all levels in order.
    private static byte[] Row(int depth)
    {
        var bits = Enumerable.Range(0, 1 << depth).SelectMany(v => Enumerable.Range(0, depth).Select(b => (v >> (depth - 1 - b)) & 1)).ToArray();
        return [0, .. bits.Chunk(8).Select(b => (byte)Enumerable.Range(0, 8).Sum(i => i < b.Length ? b[i] << (7 - i) : 0))];
    }

    private static byte[] Decoded(byte[] file)
    {
        var image = new PixelBuffer();
        ImagePixels.Decode(file, image);
        return image.Pixels.ToArray();
    }
}

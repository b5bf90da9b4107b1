using Dfx.Data.Images;

namespace Dfx.Data.Tests;

/// <summary>Decoded pixels beside those of another decoder's, bit by bit.</summary>
public sealed class ImagePixelsTests
{
    [TestCase("colour.jpg", 37, 45, "e9a2904323ab9abdc2574cb98d881760fdb9f8f637f79234dae10c847949b50e")]
    [TestCase("progressive.jpg", 56, 40, "3241e2ce738597fa3361aaf0e3835a6951b101bab8561593477e3efb391c7b68")]
    [TestCase("grey.jpg", 24, 24, "df35273e789af2af8ddb59e0935a151737f6e47014fb4813f766613fa9a20893")]
    [TestCase("rgba.png", 20, 33, "97fe99cc2f324874b7b8c5aefbb6631b47db45bee8669f9eae4ca31726711d3a")]
    [TestCase("palette.png", 18, 16, "5c2aa22edd4bd4db408f710a7997f35d7cd29b0644d184cf56cd8fc733f8047d")]
    [TestCase("greyalpha.png", 11, 9, "651f3f5b2a85ba6c7bc5e2a9335811cb2c8a9f850632588ffe476f68d7c07473")]
    [TestCase("interlaced.png", 37, 23, "f0908c71f1254563d1821e5d4766041ed4caf8fc677567c4adf1564bfd842da0")]
    [TestCase("sampled.jpg", 37, 45, "af235ce14530b2f6de566f9a4debb3203f251d9e9201f9ee38bbc91720238699")]
    [TestCase("restarts.jpg", 37, 45, "0230b08db4b0f9da4b1cb93d7a0f43ee27b9477a6f5534fea38f867f48448d20")]
    [TestCase("arithmetic.jpg", 37, 45, "0230b08db4b0f9da4b1cb93d7a0f43ee27b9477a6f5534fea38f867f48448d20")]
    [TestCase("410.jpg", 37, 45, "3dbc9c45de55def7147e89e60ffbc6f4b4e4004688023755cb38876bed09b06e")]
    [TestCase("411.jpg", 37, 45, "62808cbbfd6ad379c5ba1230f8820194d0309a4a9a70730e77551478dfea64b5")]
    [TestCase("440.jpg", 37, 45, "a71ed603299c9ddeb4b08f8bc8a19b4715295867c5f2280e901c76d0a2a3e196")]
    [TestCase("441.jpg", 37, 45, "5084f7bfd70e0ec572099bd07ed7c0787baa80161179a347d5965de95888eeb8")]
    [TestCase("scans.jpg", 37, 45, "3c5faaa1d72b5bb2c8c4e51b144eb8f19104272237393aabe3190cc16a488ae5")]
    [TestCase("grey2x2.jpg", 37, 45, "afc6112bead8a90e463124b709316530009685af7bf7bd3d6c2918d3832286eb")]
    [TestCase("lossless.webp", 23, 19, "00eb55daaaff24dcdbf8f6b9cd6937959608f8930bc712d9277db06578bded27")]
    [TestCase("lossy.webp", 37, 45, "b0925927d9ad8f5b6420ac842c77728f04ba89f4e661f5c1a8596412a7cd7d10")]
    [TestCase("icc.webp", 23, 19, "ef4c265933afcb1aac88428301a6bdd61e9dbe658efa8c5d90f461aea5b1b3d3")]
    public void Pillow_reads_the_same(string name, int width, int height, string hash)
    {
        var image = new PixelBuffer();
        ImagePixels.Decode(Samples.Png(70, 70, 1), image); // a larger one before: no pixel of it may stay

        ImagePixels.Decode(Samples.Golden(name), image);

        Assert.That((image.Width, image.Height), Is.EqualTo((width, height)));
        Assert.That(Samples.Hash(image.Pixels), Is.EqualTo(hash));
    }

    [TestCase("cmyk.jpg", "CMYK")]
    [TestCase("deep.png", "16 bits")]
    [TestCase("animated.webp", "animated")]
    public void What_would_lose_something_is_refused(string name, string reason) =>
        Assert.That(() => ImagePixels.Decode(Samples.Golden(name), new()), Throws.TypeOf<InvalidDataException>().With.Message.Contains(reason));

    [TestCase("colour.jpg")]
    [TestCase("progressive.jpg")]
    [TestCase("sampled.jpg")]
    [TestCase("restarts.jpg")]
    [TestCase("arithmetic.jpg")]
    [TestCase("410.jpg")]
    [TestCase("scans.jpg")]
    [TestCase("lossless.webp")]
    [TestCase("lossy.webp")]
    [TestCase("rgba.png")]
    [TestCase("interlaced.png")]
    public void A_cut_file_is_refused_wherever_it_was_cut(string name)
    {
        var file = Samples.Golden(name);
        var image = new PixelBuffer();
        Assert.Multiple(() =>
        {
            for (var length = 0; length < file.Length - 2; length += 7)
            {
                Assert.That(() => ImagePixels.Decode(file.AsSpan(0, length), image), Throws.TypeOf<InvalidDataException>(), $"{length} bytes");
            }
        });
    }

    // JPEG has no checksum: a short loss may go unnoticed, by libjpeg too, when the codes behind it happen to fit.
    [TestCase("colour.jpg")]
    [TestCase("progressive.jpg")]
    [TestCase("grey.jpg")]
    [TestCase("sampled.jpg")]
    [TestCase("restarts.jpg")]
    public void A_jpeg_image_with_its_end_but_without_a_quarter_of_its_pixels_is_refused(string name)
    {
        var file = Samples.Golden(name);
        var scan = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xff, 0xda]) + 14;
        var loss = (file.Length - scan) / 4;
        var cuts = Enumerable.Range(scan, file.Length - scan - loss - 2).ToList();

        var refused = cuts.Count(at => Refuses([.. file[..at], .. file[(at + loss)..]]));

        TestContext.Out.WriteLine($"{refused} of {cuts.Count} noticed");
        Assert.That(refused, Is.AtLeast(0.98 * cuts.Count));
    }

    // ITU-T T.81, table B.1, and a frame of 12 bits a channel.
    [TestCase(0xc3, 8, "lossless or differential (marker C3)")]
    [TestCase(0xc5, 8, "lossless or differential (marker C5)")]
    [TestCase(0xcb, 8, "lossless or differential (marker CB)")]
    [TestCase(0xc1, 12, "12 bits a channel")]
    public void Kinds_of_jpeg_that_libjpeg_does_not_read_are_refused_by_name(int marker, int bits, string reason)
    {
        var file = Samples.Golden("colour.jpg");
        var frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xff, 0xc0]);
        (file[frame + 1], file[frame + 4]) = ((byte)marker, (byte)bits);
        Assert.That(() => ImagePixels.Decode(file, new()), Throws.TypeOf<InvalidDataException>().With.Message.Contains(reason));
    }

    // The profile exchanges red and blue: a program that follows it makes (122, 168, 229) of (200, 100, 50), LittleCMS says.
    [Test]
    public void A_colour_profile_does_not_change_the_stored_bytes_of_a_jpeg_image()
    {
        var profile = Samples.Golden("swapped.icc");
        byte[] segment = [0xff, 0xe2, .. Samples.BigEndian(profile.Length + 16)[2..], .. "ICC_PROFILE\0\u0001\u0001"u8, .. profile];
        var file = Samples.Golden("colour.jpg");
        var (plain, tagged) = (new PixelBuffer(), new PixelBuffer());

        ImagePixels.Decode(file, plain);
        ImagePixels.Decode([.. file[..2], .. segment, .. file[2..]], tagged);

        Assert.That(tagged.Pixels.SequenceEqual(plain.Pixels), Is.True);
    }

    [Test]
    public void The_orientation_that_a_camera_noted_is_not_applied()
    {
        // Tag 0x112 of the first directory is the orientation; 6 is a quarter turn.
        byte[] note = [0xff, 0xe1, 0, 34, .. "Exif\0\0MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0"u8];
        var file = Samples.Golden("colour.jpg");
        var (plain, turned) = (new PixelBuffer(), new PixelBuffer());

        ImagePixels.Decode(file, plain);
        ImagePixels.Decode([.. file[..2], .. note, .. file[2..]], turned);

        Assert.That((turned.Width, turned.Height), Is.EqualTo((37, 45)));
        Assert.That(turned.Pixels.SequenceEqual(plain.Pixels), Is.True);
    }

    [Test]
    public void Other_files_are_refused_with_their_first_bytes() =>
        Assert.That(() => ImagePixels.Decode("GIF89a"u8, new()), Throws.TypeOf<InvalidDataException>().With.Message.Contains("47494638"));

    // The three hashes come from exact fractions in Python.
    [TestCase(0, 0, 37, 45, 16, "bc5fd3749447951df821917aee33e97194ab4b83bbb44d1be8f5cf7f3132ac73")]
    [TestCase(3, 5, 30, 30, 10, "99f33c61fdf5d2a41bf095b092f63190ea25404c9235548881646d20a19660bf")]
    [TestCase(3, 5, 30, 30, 47, "6454473a6874f72432246e472fa2eae8a49b578e6ef4fc3b975f9102e611380e")]
    public void Resizing_is_the_exact_mean_over_the_area(int x, int y, int width, int height, int side, string hash)
    {
        var image = new PixelBuffer();
        ImagePixels.Decode(Samples.Golden("colour.jpg"), image);
        var pixels = new byte[3 * side * side];

        new AreaResize().Resize(image, new(x, y, width, height), side, pixels);

        Assert.That(Samples.Hash(pixels), Is.EqualTo(hash));
    }

    [Test]
    public void The_centre_is_cut_out()
    {
        var image = new PixelBuffer();
        image.Resize(178, 218, 3);
        Assert.That(Region.Centre(image, 140), Is.EqualTo(new Region(19, 39, 140, 140)));
        Assert.That(Region.Square(image), Is.EqualTo(new Region(0, 20, 178, 178)));
        Assert.That(() => Region.Centre(image, 200), Throws.TypeOf<InvalidDataException>().With.Message.Contains("178x218"));
    }

    [Test]
    public void A_size_that_no_image_has_is_refused_before_memory_is_asked_for() =>
        Assert.That(() => new PixelBuffer().Resize(1 << 20, 1 << 20, 3), Throws.TypeOf<InvalidDataException>());

    private static bool Refuses(byte[] file)
    {
        try
        {
            ImagePixels.Decode(file, new());
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Dfx.Data.Images;

namespace Dfx.Data.Tests;

public sealed class PngTests
{
    [TestCase(1, 5, 7)]
    [TestCase(3, 28, 28)]
    [TestCase(3, 1, 1)]
    [TestCase(1, 300, 200)]
    public void Images_come_back(int channels, int height, int width)
    {
        using var image = Noise(channels, height, width);
        using var temporary = new TemporaryFolder();
        var path = temporary.File("a.png");

        Png.Write(path, image);
        using var back = Png.Read(path);

        Assert.That(back.shape, Is.EqualTo(image.shape));
        Assert.That(back.bytes.SequenceEqual(image.bytes), Is.True);
        Assert.That(Directory.GetFiles(temporary.Path), Has.Length.EqualTo(1));
    }

    // A second decoder, written from the PNG specification (RFC 2083) for 8-bit grey and RGB.
    [TestCase(1)]
    [TestCase(3)]
    public void Another_decoder_reads_the_same(int channels)
    {
        using var scope = torch.NewDisposeScope();
        var image = Noise(channels, 9, 11);
        var png = Png.Encode(image);

        Assert.That(png[..8], Is.EqualTo(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10 }));
        var chunks = Chunks(png);
        Assert.That(chunks[0].Type, Is.EqualTo("IHDR"));
        Assert.That(chunks[^1].Type, Is.EqualTo("IEND"));
        Assert.That(chunks[1..^1].Select(chunk => chunk.Type), Is.All.AnyOf("sBIT", "IDAT"), "no word on gamma, colours or time");
        Assert.That(chunks[0].Data, Is.EqualTo(new byte[] { 0, 0, 0, 11, 0, 0, 0, 9, 8, (byte)(channels == 1 ? 0 : 2), 0, 0, 0 }));
        var pixels = Unfilter(Inflate(chunks), 9, 11 * channels, channels);
        Assert.That(pixels, Is.EqualTo(image.permute(1, 2, 0).contiguous().bytes.ToArray()));
    }

    [Test]
    public void Equal_images_give_equal_bytes()
    {
        using var image = Noise(3, 20, 20);
        using var same = Noise(3, 20, 20);
        Assert.That(Png.Encode(image), Is.EqualTo(Png.Encode(same)));
    }

    [Test]
    public void Other_tensors_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        Assert.That(() => Png.Encode(torch.zeros([1, 4, 4])), Throws.ArgumentException.With.Message.Contains("Float32"));
        Assert.That(() => Png.Encode(torch.zeros([2, 4, 4], dtype: torch.uint8)), Throws.ArgumentException.With.Message.Contains("[2, 4, 4]"));
        Assert.That(() => Png.Encode(torch.zeros([4, 4], dtype: torch.uint8)), Throws.ArgumentException);
        Assert.That(() => Png.Encode(torch.zeros([1, 0, 4], dtype: torch.uint8)), Throws.ArgumentException);
    }

    [Test]
    public void Damaged_files_are_refused()
    {
        using var image = Noise(1, 30, 30);
        var png = Png.Encode(image);
        using var temporary = new TemporaryFolder();
        File.WriteAllBytes(temporary.File("cut.png"), png[..(png.Length / 2)]);

        Assert.That(() => Png.Decode(png.AsSpan(..(png.Length / 2))), Throws.TypeOf<InvalidDataException>().With.Message.Contains("cut off"));
        Assert.That(() => Png.Decode([]), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => Png.Decode("no image at all"u8), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => Png.Read(temporary.File("cut.png")), Throws.TypeOf<IOException>().With.Message.Contains("cut.png"));
    }

    private static torch.Tensor Noise(int channels, int height, int width)
    {
        var bytes = new byte[channels * height * width];
        new Random(bytes.Length).NextBytes(bytes);
        return torch.tensor(bytes, [channels, height, width]);
    }

    private static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        var chunks = new List<(string, byte[])>();
        for (var place = 8; place < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(place));
            var checkedPart = png.AsSpan(place + 4, length + 4);
            Assert.That(BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(place + 8 + length)), Is.EqualTo(Crc(checkedPart)));
            chunks.Add((Encoding.ASCII.GetString(checkedPart[..4]), checkedPart[4..].ToArray()));
            place += 12 + length;
        }

        return chunks;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        return ~crc;
    }

    private static byte[] Inflate(List<(string Type, byte[] Data)> chunks)
    {
        using var packed = new MemoryStream([.. chunks.Where(c => c.Type == "IDAT").SelectMany(c => c.Data)]);
        using var stream = new ZLibStream(packed, CompressionMode.Decompress);
        using var raw = new MemoryStream();
        stream.CopyTo(raw);
        return raw.ToArray();
    }

    private static byte[] Unfilter(byte[] raw, int height, int stride, int each)
    {
        var pixels = new byte[height * stride];
        for (var row = 0; row < height; row++)
        {
            for (var i = 0; i < stride; i++)
            {
                var left = i < each ? 0 : pixels[(row * stride) + i - each];
                var up = row == 0 ? 0 : pixels[((row - 1) * stride) + i];
                var corner = row == 0 || i < each ? 0 : pixels[((row - 1) * stride) + i - each];
                var predicted = raw[row * (stride + 1)] switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    _ => Paeth(left, up, corner),
                };
                pixels[(row * stride) + i] = (byte)(raw[(row * (stride + 1)) + 1 + i] + predicted);
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int up, int corner) =>
        new[] { left, up, corner }.MinBy(value => Math.Abs(left + up - corner - value));
}

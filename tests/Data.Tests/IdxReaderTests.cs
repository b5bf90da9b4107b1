using Dfx.Data.Idx;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

public sealed class IdxReaderTests
{
    private static readonly byte[] s_images = IdxSamples.Small;

    [Test]
    public void A_plain_file_and_a_gzip_file_are_read_alike()
    {
        foreach (var file in new[] { s_images, IdxSamples.Gzip(s_images) })
        {
            var array = IdxReader.Read(file, "x");

            Assert.That(array.Dimensions, Is.EqualTo(new[] { 2, 3, 2 }));
            Assert.That(array.Data.ToArray(), Is.EqualTo(Enumerable.Range(0, 12)));
            Assert.That(array.Content, Is.EqualTo(s_images));
        }
    }

    [Test]
    public void Large_files_are_read_whole()
    {
        byte[] large = [0, 0, 8, 1, 0, 0x30, 0, 0, .. Enumerable.Range(0, 0x300000).Select(i => (byte)(i * 31))];

        Assert.That(IdxReader.Read(IdxSamples.Gzip(large), "x").Content.AsSpan().SequenceEqual(large), Is.True);
    }

    [TestCase("", "after 0 of 4")]
    [TestCase("0000", "after 2 of 4")]
    [TestCase("00000803", "after 0 of 12")]
    [TestCase("0000080100000003010203FF", "holds 12 bytes; its header says 3, so 11")]
    [TestCase("00000801000000030102", "holds 10 bytes; its header says 3, so 11")]
    [TestCase("00000D010000000400000000", "00000D01")]
    [TestCase("00000800", "00000800")]
    [TestCase("50000801", "50000801")]
    [TestCase("0000080180000000", "dimension 0 is 2147483648")]
    [TestCase("000008027FFFFFFF7FFFFFFF", "2147483647x2147483647")]
    [TestCase("000008087FFFFFFF7FFFFFFF7FFFFFFF7FFFFFFF7FFFFFFF7FFFFFFF7FFFFFFF7FFFFFFF", "at most")]
    [TestCase("000008080001000000010000000100000001000000010000000100000001000000010000", "at most")]
    [TestCase("1F8B08", "after 0 of 4")]
    [TestCase("1F8B0800000000000003FFFFFFFF", "gzip")]
    public void What_is_wrong_is_said(string hex, string message) =>
        Assert.That(
            () => IdxReader.Read(Convert.FromHexString(hex), "the/file"),
            Throws.TypeOf<DataUnavailableException>().With.Message.StartsWith("the/file: ").And.Message.Contains(message));

    [Test]
    public void A_gzip_file_that_goes_on_is_refused() =>
        Assert.That(
            () => IdxReader.Read(IdxSamples.Gzip([.. IdxSamples.Small, 0]), "x"),
            Throws.TypeOf<DataUnavailableException>().With.Message.Contains("holds more bytes"));

    [TestCase(false)]
    [TestCase(true)]
    public void A_lying_header_takes_no_memory(bool packed)
    {
        byte[] lie = [0, 0, 8, 1, 0x7f, 0, 0, 0, 1, 2, 3];
        var file = packed ? IdxSamples.Gzip(lie) : lie;
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(() => IdxReader.Read(file, "x"), Throws.TypeOf<DataUnavailableException>());
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4 << 20));
    }

    [Test]
    public void Damaged_files_are_read_or_refused()
    {
        var random = new Random(1);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 2000; i++)
        {
            var file = Damage(i % 2 == 0 ? s_images : IdxSamples.Gzip(s_images), random);
            try
            {
                IdxReader.Read(file, "x");
                read++;
            }
            catch (DataUnavailableException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(500));
        Assert.That(read, Is.GreaterThan(100), "a changed pixel is no broken file");
    }

    private static byte[] Damage(byte[] file, Random random)
    {
        var bytes = file.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var place = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[place] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[place] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(place, bytes.Count - place); break;
                default: bytes.Insert(place, (byte)random.Next(256)); break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }
}

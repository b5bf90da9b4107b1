using System.IO.Compression;
using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

public sealed class NpzFileTests
{
    private const string FourBytes = "{'descr': '|u1', 'fortran_order': False, 'shape': (4,), }";

    private TestFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void All_types_and_shapes_come_back([Values] bool compress)
    {
        var arrays = Samples.All(Samples.NumpyTypes);
        NpzFile.Write(_folder["a"], arrays, compress);

        using var file = NpzFile.Open(_folder["a"]);

        Assert.That(file.Names, Is.EqualTo(arrays.Keys));
        foreach (var (name, array) in arrays)
        {
            Assert.That(file.Layout(name).Shape, Is.EqualTo(array.Layout.Shape));
            Samples.AssertSame(file.ReadData(name), array, name);
            Samples.AssertSame(file.ReadData(name), array, name);
        }
    }

    [Test]
    public void A_large_array_comes_back([Values] bool compress)
    {
        var array = ArrayData.Of<int>([.. Enumerable.Range(0, 2_000_000).Select(i => i / 7)], 2, 1_000_000);
        NpzFile.Write(_folder["a"], [new("x", array)], compress);

        using var file = NpzFile.Open(_folder["a"]);

        Samples.AssertSame(file.ReadData("x"), array);
        Assert.That(new FileInfo(_folder["a"]).Length, compress ? Is.LessThan(4_000_000) : Is.GreaterThan(8_000_000));
    }

    [Test]
    public void No_arrays_at_all_come_back()
    {
        NpzFile.Write(_folder["a"], []);
        using var file = NpzFile.Open(_folder["a"]);
        Assert.That(file.Names, Is.Empty);
    }

    [Test]
    public void Equal_arrays_give_equal_bytes([Values] bool compress)
    {
        var arrays = Samples.All([ElementType.Float32, ElementType.Text]);
        NpzFile.Write(_folder["a"], arrays, compress);
        NpzFile.Write(_folder["b"], arrays, compress);
        Assert.That(File.ReadAllBytes(_folder["a"]), Is.EqualTo(File.ReadAllBytes(_folder["b"])));
    }

    [Test]
    public void Stored_bytes_lie_in_the_file_as_in_npy()
    {
        var array = ArrayData.Of<int>([1, 2, 3], 3);
        NpyFile.Write(_folder["x.npy"], array);
        NpzFile.Write(_folder["a"], [new("x", array)]);

        // Local header of 30 bytes, the name, the member.
        var bytes = File.ReadAllBytes(_folder["a"]);
        var member = File.ReadAllBytes(_folder["x.npy"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bytes[..4], Is.EqualTo("PK\u0003\u0004"u8.ToArray()));
            Assert.That(bytes[8..14], Is.EqualTo(new byte[] { 0, 0, 0, 0, 0x21, 0 }), "stored, 1980-01-01 00:00");
            Assert.That(bytes[30..35], Is.EqualTo("x.npy"u8.ToArray()));
            Assert.That(bytes[35..(35 + member.Length)], Is.EqualTo(member));
        }
    }

    [Test]
    public void What_a_zip_cannot_hold_is_not_written()
    {
        var one = ArrayData.Of<int>([1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => NpzFile.Write(_folder["a"], [new("x", one), new("x", one)]), Throws.ArgumentException);
            Assert.That(() => NpzFile.Write(_folder["a"], [new("\ud800", one)]), Throws.ArgumentException);
        }

        Assert.That(Directory.GetFileSystemEntries(_folder.Root), Is.Empty);
    }

    [Test]
    public void A_missing_name_is_answered_with_the_nearest()
    {
        NpzFile.Write(_folder["a"], [new("mean", ArrayData.Of<int>([1])), new("cov", ArrayData.Of<int>([1]))]);
        using var file = NpzFile.Open(_folder["a"]);
        Assert.That(() => file.ReadData("maen"), Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("'mean'"));
    }

    [Test]
    public void Duplicate_members_are_refused() =>
        AssertRefused(Zip(("x.npy", NpyBytes.Of(FourBytes, [1, 2, 3, 4])), ("x.npy", NpyBytes.Of(FourBytes, [1, 2, 3, 4]))), "twice");

    [Test]
    public void Members_that_are_no_arrays_are_refused() => AssertRefused(Zip(("readme.txt", "hi"u8.ToArray())), "'readme.txt'");

    [Test]
    public void A_header_that_declares_more_than_the_member_has_is_refused() =>
        AssertRefused(Zip(("x.npy", NpyBytes.Of("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000,), }", [1]))), "1 follow");

    [Test]
    public void A_file_that_is_no_zip_is_refused()
    {
        AssertRefused([], "zip");
        AssertRefused("PK no zip at all"u8.ToArray(), "zip");
        AssertRefused(NpyBytes.Of(FourBytes, [1, 2, 3, 4]), "zip");
    }

    [Test]
    public void A_damaged_element_fails_the_checksum([Values] bool compress)
    {
        NpzFile.Write(_folder["a"], [new("x", Samples.Make(ElementType.UInt8, 1000))], compress);
        var bytes = File.ReadAllBytes(_folder["a"]);
        bytes[700] ^= 1;
        AssertRefused(bytes, compress ? "x.npy" : "CRC-32");
    }

    [Test]
    public void A_declared_length_beyond_deflates_power_is_refused_before_it_is_allocated()
    {
        NpzFile.Write(_folder["a"], [new("x", ArrayData.Of<byte>(new byte[100_000], 100_000))], compress: true);
        var bytes = File.ReadAllBytes(_folder["a"]);
        var directory = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), 2_000_000_000);
        AssertRefused(bytes, "deflate cannot");
    }

    [Test]
    public void Overlapping_members_are_refused()
    {
        var bytes = Zip(Enumerable.Range(0, 3).Select(i => ($"{i}.npy", NpyBytes.Of(FourBytes, [1, 2, 3, 4]))).ToArray());
        var directory = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        foreach (var entry in new[] { directory, directory + 51, directory + 102 })
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(entry + 20), 400);
            BitConverter.TryWriteBytes(bytes.AsSpan(entry + 24), 400);
        }

        AssertRefused(bytes, "overlap");
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] members)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in members)
            {
                using var stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                stream.Write(bytes);
            }
        }

        return memory.ToArray();
    }

    private void AssertRefused(byte[] bytes, string problem)
    {
        var path = _folder.Write("b.npz", bytes);
        Assert.That(
            () =>
            {
                using var file = NpzFile.Open(path);
                return file.ReadData(file.Names[0]);
            },
            Throws.TypeOf<TensorFileException>().With.Message.StartWith(path + ": ").And.Message.Contains(problem));
    }
}

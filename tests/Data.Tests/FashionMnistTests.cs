using System.IO.Compression;
using Dfx.Data.FashionMnist;
using Dfx.Data.Images;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

/// <summary>The published files, from Debian's package.</summary>
public sealed class FashionMnistTests
{
    private TemporaryFolder _temporary = null!;
    private DataContext _context = null!;
    private IDataSource _data = null!;

    [OneTimeSetUp]
    public void Open()
    {
        _temporary = new();
        _context = new(null, _temporary.Folder("cache"));
        _data = new FashionMnistDataset(new()).Open(_context);
    }

    [OneTimeTearDown]
    public void Close()
    {
        _data.Dispose();
        _temporary.Dispose();
    }

    [Test]
    public void Shape_and_counts_are_the_published_ones()
    {
        Assert.That(_data.Shape, Is.EqualTo(new DataShape(1, 28, 28)));
        Assert.That(_data.Count(Split.Train), Is.EqualTo(60_000));
        Assert.That(_data.Count(Split.Test), Is.EqualTo(10_000));
        Assert.That(_data.Classes, Has.Count.EqualTo(10));
        Assert.That(_data.IsImages, Is.True);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Verifying_finds_one_flipped_byte_of_a_file_or_of_its_copy(bool copy)
    {
        using var temporary = new TemporaryFolder();
        var (folder, cache) = (temporary.Folder("files"), temporary.Folder("cache"));
        foreach (var file in Directory.GetFiles(FashionMnistFiles.PackageFolder, "*.gz"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        FashionMnistDataset.Verify(folder, cache);
        var path = copy ? Directory.GetFiles(cache).MinBy(file => new FileInfo(file).Length)! : Path.Combine(folder, FashionMnistFiles.TestLabels.Name + ".gz");
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.That(() => FashionMnistDataset.Verify(folder, cache), Throws.TypeOf<DataUnavailableException>().With.Message.Contains(Path.GetFileName(path)));
    }

    // The paper's first label is an ankle boot (9); every class has 6000 training and 1000 test images (section 2 of the paper).
    [TestCase(Split.Train, 9)]
    [TestCase(Split.Test, 9)]
    public void Classes_are_balanced(Split split, int first)
    {
        var all = Enumerable.Range(0, _data.Count(split)).ToArray();
        using var labels = _data.Labels(split, all);
        var values = labels.data<long>().ToArray();

        Assert.That(values[0], Is.EqualTo(first));
        Assert.That(values.GroupBy(v => v).OrderBy(g => g.Key).Select(g => g.Count()), Is.EqualTo(Enumerable.Repeat(all.Length / 10, 10)));
    }

    // Mean 0.2860 and standard deviation 0.3530 of the training images on [0, 1], as published in many repositories.
    [Test]
    public void Pixels_have_the_known_mean_and_deviation()
    {
        using var scope = torch.NewDisposeScope();
        var unit = (_data.Read(Split.Train, Enumerable.Range(0, 60_000).ToArray()) + 1) / 2;

        Assert.That(unit.mean().ToDouble(), Is.EqualTo(0.2860).Within(1e-4));
        Assert.That(unit.std().ToDouble(), Is.EqualTo(0.3530).Within(1e-4));
    }

    [Test]
    public void Images_come_in_the_asked_order_with_exact_values()
    {
        using var scope = torch.NewDisposeScope();
        using var stream = new GZipStream(File.OpenRead("/usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz"), CompressionMode.Decompress);
        var raw = new byte[16 + (3 * 784)];
        stream.ReadExactly(raw);
        var images = _data.Read(Split.Test, [2, 0, 2]);

        Assert.That(images.shape, Is.EqualTo(new long[] { 3, 1, 28, 28 }));
        Assert.That(images.dtype, Is.EqualTo(torch.float32));
        var expected = new[] { 2, 0, 2 }.SelectMany(i => raw.Skip(16 + (i * 784)).Take(784)).ToArray();
        Assert.That(images.data<float>().ToArray(), Is.EqualTo(expected.Select(v => (float)((v / 127.5) - 1))));
        Assert.That(PixelBytes.Quantize(images).data<byte>().ToArray(), Is.EqualTo(expected));
        Assert.That(_data.Read(Split.Test, []).shape, Is.EqualTo(new long[] { 0, 1, 28, 28 }));
    }

    [TestCase(-1)]
    [TestCase(10_000)]
    public void Indices_out_of_range_are_refused(int index)
    {
        Assert.That(() => _data.Read(Split.Test, [0, index]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => _data.Labels(Split.Test, [index]), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Plain_files_have_the_fingerprint_of_packed_ones()
    {
        var plain = _temporary.Folder("plain");
        foreach (var file in Directory.GetFiles("/usr/share/datasets/fashion-mnist", "*.gz"))
        {
            using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            using var unpacked = File.Create(Path.Combine(plain, Path.GetFileNameWithoutExtension(file)));
            packed.CopyTo(unpacked);
        }

        var dataset = new FashionMnistDataset(new());
        var context = _context with { Path = plain };

        Assert.That(dataset.Fingerprint(context), Is.EqualTo(dataset.Fingerprint(_context)));
        TestContext.Out.WriteLine($"processor time: fingerprint of packed files {Milliseconds(() => dataset.Fingerprint(_context)):f0} ms, of plain files "
            + $"{Milliseconds(() => dataset.Fingerprint(context)):f0} ms; open packed {Milliseconds(() => dataset.Open(_context).Dispose()):f0} ms, "
            + $"plain {Milliseconds(() => dataset.Open(context).Dispose()):f0} ms; a batch of 128 {Milliseconds(() => _data.Read(Split.Train, new int[128]).Dispose()):f2} ms");
    }

    [Test]
    public void The_fingerprint_is_a_constant_of_content_and_size()
    {
        var full = new FashionMnistDataset(new()).Fingerprint(_context);
        var half = new FashionMnistDataset(new(14)).Fingerprint(_context);

        Assert.That(full, Does.Match("^[0-9a-f]{64}$").And.Not.EqualTo(half));
    }

    [Test]
    public void Half_size_is_the_mean_of_four_pixels_rounded_half_up()
    {
        using var scope = torch.NewDisposeScope();
        using var half = new FashionMnistDataset(new(14)).Open(_context);
        var indices = Enumerable.Range(100, 50).ToArray();
        var bytes = PixelBytes.Quantize(_data.Read(Split.Test, indices)).to(torch.float64);
        var expected = (torch.nn.functional.avg_pool2d(bytes, 2) + 0.5).floor();

        Assert.That(half.Shape, Is.EqualTo(new DataShape(1, 14, 14)));
        var found = PixelBytes.Quantize(half.Read(Split.Test, indices)).to(torch.float64);
        Assert.That((found - expected).abs().max().ToDouble(), Is.Zero);
    }

    [Test]
    public void Wrong_options_and_folders_are_refused()
    {
        Assert.That(() => new FashionMnistDataset(new(20)), Throws.ArgumentException.With.Message.Contains("20"));
        Assert.That(
            () => new FashionMnistDataset(new()).Open(_context with { Path = _temporary.File("none") }),
            Throws.TypeOf<DataUnavailableException>().With.Message.Contains("apt-get install dataset-fashion-mnist"));
    }

    [Test]
    public void Threads_read_the_same()
    {
        var indices = Enumerable.Range(0, 256).ToArray();
        using var expected = _data.Read(Split.Train, indices);
        Parallel.For(0, 32, _ =>
        {
            using var images = _data.Read(Split.Train, indices);
            Assert.That(images.bytes.SequenceEqual(expected.bytes), Is.True);
        });
    }

    [Test]
    public void A_part_is_a_set_of_images()
    {
        var images = new SourceImages(_data, Split.Test, "f");
        using var last = images.Read(9_999, 1);
        using var values = _data.Read(Split.Test, [9_999]);
        using var bytes = PixelBytes.Quantize(values);

        Assert.That(images.Count, Is.EqualTo(10_000));
        Assert.That(last.bytes.SequenceEqual(bytes.bytes), Is.True);
        Assert.That(images.Fingerprint, Is.Not.EqualTo(new SourceImages(_data, Split.Train, "f").Fingerprint));
        Assert.That(new SourceImages(_data, Split.Test, null).Fingerprint, Is.Null);
    }

    private static double Milliseconds(Action action)
    {
        var before = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }
}

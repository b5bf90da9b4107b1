using Dfx.Data.Folders;
using Dfx.Data.Packing;
using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

/// <summary>Folders and archives of images on their way into packed files.</summary>
public sealed class PackingTests
{
    private TemporaryFolder _temporary = null!;
    private string _root = null!;

    [SetUp]
    public void Make()
    {
        _temporary = new();
        _root = _temporary.Folder("data");
    }

    [TearDown]
    public void Remove() => _temporary.Dispose();

    [Test]
    public void Images_come_back_as_they_are()
    {
        using var scope = torch.NewDisposeScope();
        var folder = Folder(20, 6, 5);
        Adding.Add(KnownRecipes.Images(new()), folder, _root, new(), default);

        using var data = Open(new());

        Assert.That(data.Shape, Is.EqualTo(new DataShape(3, 5, 6)));
        Assert.That(data.Count(Split.Train) + data.Count(Split.Test), Is.EqualTo(20));
        var expected = Enumerable.Range(0, 20).Where(i => HashSplit.Of($"{i:00}.png") == Split.Train).ToArray();
        Assert.That(data.Count(Split.Train), Is.EqualTo(expected.Length));
        var read = data.Read(Split.Train, [expected.Length - 1, 0]);
        Assert.That(read.shape, Is.EqualTo(new long[] { 2, 3, 5, 6 }));
        foreach (var (row, i) in new[] { (0, expected[^1]), (1, expected[0]) })
        {
            var image = Images.Png.Decode(Samples.Png(6, 5, i)).to(torch.float64);
            Assert.That((read[row].to(torch.float64) - ((image / 127.5) - 1)).abs().max().ToDouble(), Is.LessThan(1e-7));
        }

        Assert.That(() => data.Read(Split.Train, [expected.Length]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => data.Labels(Split.Train, [0]), Throws.InvalidOperationException);
    }

    /// <summary>By block, when something of it is read first; a file that changed before there were checksums of its blocks, as a whole.</summary>
    [Test]
    public void A_byte_that_changed_since_it_was_packed_is_not_read([Values] bool known)
    {
        Adding.Add(KnownRecipes.Images(new()), Folder(20, 200, 150), _root, new(), default);
        var path = DataFolder.Pack(_root, "images");
        if (known)
        {
            using var whole = Open(new());
            whole.Read(Split.Train, [0]).Dispose();
            Assert.That(File.Exists(path + ".blocks"), Is.True);
        }

        var bytes = File.ReadAllBytes(path);
        bytes[^1000] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var data = Open(new());
        Assert.That(() => data.Read(Split.Train, [data.Count(Split.Train) - 1]), Throws.TypeOf<DataUnavailableException>().With.Message.Contains(path));
        if (known)
        {
            Assert.That(() => data.Read(Split.Train, [0]).Dispose(), Throws.Nothing, "a block that is sound");
        }
    }

    [Test]
    public void Checksums_of_blocks_that_are_damaged_are_made_again()
    {
        Adding.Add(KnownRecipes.Images(new()), Folder(20, 6, 5), _root, new(), default);
        var blocks = DataFolder.Pack(_root, "images") + ".blocks";
        foreach (var bytes in new byte[][] { [], [1, 2, 3], new byte[80] })
        {
            File.WriteAllBytes(blocks, bytes);
            using var data = Open(new());
            data.Read(Split.Train, [0]).Dispose();
            Assert.That(new FileInfo(blocks).Length, Is.EqualTo(64 + 8 + 8), "the pack's hash, one block, and its own checksum");
        }
    }

    /// <summary>It has the name of what an interrupted process leaves, and leads to a folder of the user's.</summary>
    [Test]
    public void What_lies_behind_a_link_in_the_data_folder_stays()
    {
        var theirs = _temporary.Folder("theirs");
        File.WriteAllText(Path.Combine(theirs, "thesis.txt"), "precious");
        Directory.CreateSymbolicLink(Path.Combine(_root, ".scratch-0"), theirs);
        Directory.CreateDirectory(Path.Combine(_root, ".scratch-1"));
        Directory.CreateSymbolicLink(Path.Combine(_root, ".scratch-1", "files"), theirs);
        Directory.SetLastWriteTimeUtc(Path.Combine(_root, ".scratch-1"), DateTime.UnixEpoch);

        Adding.Add(KnownRecipes.Images(new()), Folder(20, 6, 5), _root, new(), default);

        Assert.That(Directory.EnumerateFiles(theirs).Select(Path.GetFileName), Is.EqualTo(new[] { "thesis.txt" }));
        Assert.That(Directory.Exists(Path.Combine(_root, ".scratch-1")), Is.False);
    }

    [Test]
    public void The_bytes_do_not_depend_on_threads_or_on_the_kind_of_archive()
    {
        var folder = Folder(40, 9, 9);
        var files = Directory.GetFiles(folder).Select(path => ($"deep/down/{Path.GetFileName(path)}", File.ReadAllBytes(path))).ToArray();
        File.WriteAllBytes(_temporary.File("a.zip"), Samples.Zip(files));
        File.WriteAllBytes(_temporary.File("a.tgz"), IdxSamples.Gzip(Samples.Tar(files)));
        var hashes = new List<string>();
        foreach (var (path, threads) in new[] { (folder, 1), (folder, 4), (_temporary.File("a.zip"), 3), (_temporary.File("a.tgz"), 2) })
        {
            Adding.Add(KnownRecipes.Images(new()), path, _root, new(Threads: threads), default);
            hashes.Add(Samples.Hash(File.ReadAllBytes(DataFolder.Pack(_root, "images"))));
        }

        Assert.That(hashes.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Any_changed_byte_is_found()
    {
        Adding.Add(KnownRecipes.Images(new(Labels: true)), Samples.Folder(_temporary, "source", ("a/1.png", Samples.Png(4, 4, 1)), ("b/2.png", Samples.Png(4, 4, 2))), _root, new(), default);
        var path = DataFolder.Pack(_root, "images");
        PackedFile.Verify(path, null, default);
        var good = File.ReadAllBytes(path);
        Assert.Multiple(() =>
        {
            for (var at = 0; at < good.Length; at++)
            {
                var bad = (byte[])good.Clone();
                bad[at] ^= 1;
                File.WriteAllBytes(path, bad);
                Assert.That(() => PackedFile.Verify(path, null, default), Throws.TypeOf<DataUnavailableException>().With.Message.Contains(path), $"byte {at}");
            }
        });
    }

    [Test]
    public void Every_bad_image_is_named_and_nothing_is_added()
    {
        var folder = Folder(10, 6, 6);
        File.WriteAllBytes(Path.Combine(folder, "cmyk.jpg"), Samples.Golden("cmyk.jpg"));
        File.WriteAllBytes(Path.Combine(folder, "deep.png"), Samples.Golden("deep.png"));
        File.WriteAllBytes(Path.Combine(folder, "cut.jpg"), Samples.Golden("colour.jpg")[..700]);
        File.WriteAllBytes(Path.Combine(folder, "large.png"), Samples.Png(7, 6, 1));
        File.WriteAllText(Path.Combine(folder, "text.png"), "no image");

        Assert.That(
            () => Adding.Add(KnownRecipes.Images(new()), folder, _root, new(), default),
            Throws.TypeOf<DataUnavailableException>().With.Message.Contains("5 images").And.Message.Match("cmyk.jpg: .*CMYK").And.Message.Match("deep.png: .*16 bits")
                .And.Message.Match("cut.jpg: .*cut off").And.Message.Match("large.png: 7x6").And.Message.Match("text.png: starts with"));
        Assert.That(Directory.GetFileSystemEntries(_root), Is.Empty);
    }

    [Test]
    public void A_number_of_images_that_is_not_the_published_one_is_refused_unless_asked_for()
    {
        var folder = Folder(3, 300, 300);
        Assert.That(
            () => Adding.Add(KnownRecipes.CelebAHq256, folder, _root, new(), default),
            Throws.TypeOf<DataUnavailableException>().With.Message.Contains("3 images; expected 30000").And.Message.Contains("--any"));
        Assert.That(Adding.Add(KnownRecipes.CelebAHq256, folder, _root, new(AnyCount: true), default).Shape, Is.EqualTo(new DataShape(3, 256, 256)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void CelebA_keeps_to_its_list_of_parts(bool inside)
    {
        var list = "000001.jpg 0\n000002.jpg 1\n000003.jpg 2\n000004.jpg 0\n"u8.ToArray();
        var images = Enumerable.Range(1, 4).Select(i => ($"img_align_celeba/00000{i}.jpg", Samples.Png(178, 218, i)));
        File.WriteAllBytes(_temporary.File("celeba.zip"), Samples.Zip([.. images, .. inside ? [("list_eval_partition.txt", list)] : Array.Empty<(string, byte[])>()]));
        File.WriteAllBytes(_temporary.File(inside ? "other.txt" : "list_eval_partition.txt"), list);

        var facts = Adding.Add(KnownRecipes.CelebA64, _temporary.File("celeba.zip"), _root, new(AnyCount: true), default);

        Assert.That((facts.Train, facts.Test, facts.Shape), Is.EqualTo((2, 1, new DataShape(3, 64, 64))));
    }

    // Each list gives other parts; without one, a hash does.
    [TestCase("celeba.zip", "list_eval_partition.txt")]
    [TestCase("celeba", "list_eval_partition.txt")]
    [TestCase("celeba.zip", "list_eval_partition.csv")]
    public void A_list_of_parts_beside_a_path_that_is_added_corrected_or_removed_packs_it_anew(string name, string list)
    {
        (string, byte[])[] images = [.. Enumerable.Range(1, 6).Select(i => ($"img/{i}.png", Samples.Png(178, 218, i)))];
        var path = _temporary.File(name);
        if (name == "celeba")
        {
            Samples.Folder(_temporary, name, images);
        }
        else
        {
            File.WriteAllBytes(path, Samples.Zip(images));
        }

        var recipe = KnownRecipes.CelebA64 with { Open = (files, _) => KnownRecipes.CelebA64.Open(files, true) };
        string With(string? parts)
        {
            File.Delete(_temporary.File(list));
            if (parts is not null)
            {
                File.WriteAllLines(_temporary.File(list), parts.Select((part, i) => list.EndsWith("csv", StringComparison.Ordinal) ? $"{i + 1}.png,{part}" : $"{i + 1}.png {part}"));
            }

            return PackedData.Fingerprint(recipe, new(path, _root));
        }

        var (none, first, corrected) = (With(null), With("000122"), With("000022"));

        Assert.That(new[] { none, first, corrected }, Is.Unique);
        Assert.That((With(null), With("000122")), Is.EqualTo((none, first)));
        using var data = PackedData.Open(recipe, new(path, _root));
        Assert.That((data.Count(Split.Train), data.Count(Split.Test)), Is.EqualTo((3, 2)));
    }

    [Test]
    public void Other_files_beside_a_path_pack_nothing_anew()
    {
        var folder = Folder(8, 6, 6);
        var before = SourceHash.Of(folder, "", KnownRecipes.Images(new()).Beside(folder));
        File.WriteAllText(_temporary.File("list_eval_partition.txt"), "00.png 2");
        Assert.That(SourceHash.Of(folder, "", KnownRecipes.Images(new()).Beside(folder)), Is.EqualTo(before));
        Assert.That(SourceHash.Of(folder, "", KnownRecipes.CelebA64.Beside(folder)), Is.Not.EqualTo(before));
    }

    [Test]
    public void CelebA_that_is_not_aligned_is_refused() => Assert.That(
        () => Adding.Add(KnownRecipes.CelebA64, Folder(2, 200, 200), _root, new(AnyCount: true), default),
        Throws.TypeOf<DataUnavailableException>().With.Message.Contains("200x200 pixels; expected 178x218"));

    [Test]
    public void Folders_are_parts_and_classes()
    {
        var names = new[] { "train/dog/1.png", "train/cat/1.png", "train/cat/2.png", "test/dog/9.png", "test/wild/8.png" };
        var folder = Samples.Folder(_temporary, "afhq", [.. names.Select((name, i) => ($"afhq_v2/{name}", Samples.Png(70, 70, i)))]);
        Adding.Add(KnownRecipes.AfhqV2, folder, _root, new(AnyCount: true), default);

        using var data = new AfhqV2Dataset().Open(new(null, _root));

        Assert.That(data.Classes, Is.EqualTo(new[] { "cat", "dog", "wild" }));
        using var train = data.Labels(Split.Train, [0, 1, 2]);
        using var test = data.Labels(Split.Test, [0, 1]);
        Assert.That(train.data<long>().ToArray(), Is.EqualTo(new long[] { 0, 0, 1 }));
        Assert.That(test.data<long>().ToArray(), Is.EqualTo(new long[] { 1, 2 }));
    }

    [Test]
    public void A_path_is_packed_once_and_by_its_content()
    {
        var folder = Folder(8, 6, 6);
        var dataset = new ImagesDataset(new(Size: 4));
        var context = new DataContext(folder, _root);

        var fingerprint = dataset.Fingerprint(context);
        var packed = Directory.GetFiles(Path.Combine(_root, "packed")).Single();
        var written = File.GetLastWriteTimeUtc(packed);

        Assert.That(dataset.Fingerprint(context), Is.EqualTo(fingerprint));
        Assert.That(File.GetLastWriteTimeUtc(packed), Is.EqualTo(written));
        Assert.That(dataset.Fingerprint(new(packed, _root)), Is.EqualTo(fingerprint));
        Assert.That(new ImagesDataset(new(Size: 5)).Fingerprint(context), Is.Not.EqualTo(fingerprint));
        File.WriteAllBytes(Path.Combine(folder, "00.png"), Samples.Png(6, 6, 99));
        Assert.That(dataset.Fingerprint(context), Is.Not.EqualTo(fingerprint));
    }

    [Test]
    public void Another_dataset_in_the_place_of_one_is_refused()
    {
        Adding.Add(KnownRecipes.Images(new()), Folder(8, 6, 6), _root, new(), default);
        var path = DataFolder.Pack(_root, "images");
        Assert.That(() => new ImagesDataset(new(Size: 4)).Open(new(null, _root)), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("as they are").And.Message.Contains("--size 4"));
        Assert.That(() => new AfhqV2Dataset().Open(new(path, _root)), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("afhqv2-64"));
    }

    [Test]
    public void What_a_killed_process_left_is_swept_and_what_a_living_one_does_is_not()
    {
        var dead = Directory.CreateDirectory(Path.Combine(_root, ".scratch-dead", "files")).FullName;
        File.WriteAllText(Path.Combine(_root, ".scratch-dead", "lock"), "");
        using var living = Scratch.In(_root);
        using (Scratch.In(_root))
        {
            Assert.That(Directory.Exists(dead), Is.False);
            Assert.That(Directory.Exists(living.Folder), Is.True);
        }
    }

    [Test]
    public void A_cancelled_work_leaves_nothing()
    {
        using var source = new CancellationTokenSource();
        var options = new AddOptions(Threads: 1, Watch: step =>
        {
            if (step.What == "packing" && step.Done == 3)
            {
                source.Cancel();
            }
        });
        Assert.That(() => Adding.Add(KnownRecipes.Images(new()), Folder(30, 6, 6), _root, options, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFileSystemEntries(_root), Is.Empty);
    }

    private IDataSource Open(ImagesOptions options) => new ImagesDataset(options).Open(new(null, _root));

    private string Folder(int count, int width, int height) =>
        Samples.Folder(_temporary, "source", [.. Enumerable.Range(0, count).Select(i => ($"{i:00}.png", Samples.Png(width, height, i)))]);
}

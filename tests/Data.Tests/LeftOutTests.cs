using System.Runtime.Versioning;
using Dfx.Data.Archives;
using Dfx.Data.Packing;
using Dfx.Data.Recipes;

namespace Dfx.Data.Tests;

/// <summary>What a dataset does not take of a user's files is told.</summary>
public sealed class LeftOutTests
{
    private static readonly byte[] s_dot = Samples.Png((8, 2), 1, [[0, 1, 2, 3]]);

    private TemporaryFolder _temporary = null!;

    [SetUp]
    public void Make() => _temporary = new();

    [TearDown]
    public void Remove() => _temporary.Dispose();

    [TestCase("folder")]
    [TestCase("zip")]
    [TestCase("tar")]
    public void Files_that_are_no_images_and_hidden_ones(string kind)
    {
        string[] names = ["0.png", "1.PNG", "2.tif", "3.TIF", "4.gif", "a/README.md", "a/5", ".git/x/y.png", ".git/z.png", "a/.DS_Store"];
        var path = Written(kind, names);

        var told = Told(KnownRecipes.Images(new()), path);

        Assert.That(told.Reading.LeftOut.Select(left => $"{left}"), Is.EqualTo(new[]
        {
            "3 files were left out: .tif 2, .gif 1 (images of kinds that are not read: convert them to PNG)",
            "1 file was left out: without extension (PNG, JPEG, WebP or BMP by the first bytes: name them .png, .jpg, .jpeg, .jpe, .jfif, .webp or .bmp)",
            "1 file was left out: .md (no images)",
            "2 hidden items were left out: .git, a/.DS_Store (an archiver's or a desktop's)",
        }));
    }

    [Test]
    public void One_kind_needs_no_number_and_many_kinds_are_cut_off() => Assert.Multiple(() =>
    {
        Assert.That($"{Told(KnownRecipes.Images(new()), Written("zip", ["0.png", "1.png", "2.tif", "3.tif"])).Reading.LeftOut.Single()}", Does.StartWith("2 files were left out: .tif ("));
        Assert.That(
            $"{Told(KnownRecipes.Images(new()), Written("zip", ["0.png", "1.png", "a.a", "b.b", "c.c", "d.d", "e.e", "f.f"])).Reading.LeftOut.Single()}",
            Does.Contain(".a 1, .b 1, .c 1, .d 1, .e 1, … ("));
        Assert.That($"{new LeftOut(1, "file", "x", "y")}", Is.EqualTo("1 file was left out: x (y)"));
    });

    [Test]
    public void Images_of_every_kind_that_is_read_are_taken()
    {
        var folder = Samples.Folder(
            _temporary, "kinds", ("0.png", Samples.Png(37, 45, 1)), ("1.jpeg", Samples.Golden("colour.jpg")), ("2.JPE", Samples.Golden("colour.jpg")), ("3.jfif", Samples.Golden("colour.jpg")),
            ("4.webp", Samples.Golden("lossy.webp")), ("5.bmp", Samples.Golden("lossy.webp")));
        var told = Told(KnownRecipes.Images(new()), folder);
        Assert.That((told.Train + told.Test, told.Reading.LeftOut.Count), Is.EqualTo((6, 0)));
    }

    [TestCase("1.tif", "1 file was left out: .tif (images of kinds that are not read: convert them to PNG).")]
    [TestCase("1", "1 file was left out: without extension (PNG")]
    [TestCase("1.txt", "1 file was left out: .txt (no images).")]
    public void Where_there_are_too_few_images_the_others_are_named(string name, string told) => Assert.That(
        () => Told(KnownRecipes.Images(new()), Written("zip", ["0.png", name])), Throws.TypeOf<Dfx.Sdk.DataUnavailableException>().With.Message.Contains(": 1 images;").And.Message.Contains(told));

    // Nothing is lost of what is no image, unreadable or not: a file without extension is looked into.
    [Test]
    public void Files_without_extension_that_are_no_images()
    {
        File.WriteAllBytes(_temporary.File("a"), Samples.Zip(("0.png", s_dot), ("1.png", s_dot), ("LICENSE", "MIT"u8.ToArray()), ("empty", [])));
        Assert.That($"{Told(KnownRecipes.Images(new()), _temporary.File("a")).Reading.LeftOut.Single()}", Is.EqualTo("2 files were left out: without extension (no images)"));
    }

    [Test]
    public void What_an_archiver_put_beside_the_images() => Assert.That(
        Told(KnownRecipes.Images(new()), Written("zip", ["0.png", "1.png", "__MACOSX/._0.png", "__MACOSX/a/._1.png"])).Reading.LeftOut.Select(left => $"{left}"),
        Is.EqualTo(new[] { "1 hidden item was left out: __MACOSX (an archiver's or a desktop's)" }));

    [Test]
    public void Folders_that_lie_too_deep()
    {
        var deep = string.Join('/', Enumerable.Repeat("d", 16));
        var path = Written("folder", ["0.png", $"{deep}/1.png", $"{deep}/deeper/2.png"]);

        using var files = new FolderFiles(path);

        Assert.That(files.Names, Is.EqualTo(new[] { "0.png", $"{deep}/1.png" }));
        Assert.That($"{files.LeftOut.Single()}", Is.EqualTo($"1 folder was left out: {deep}/deeper (more than 16 folders deep)"));
    }

    [Test]
    [SupportedOSPlatform("linux")]
    public void Folders_that_may_not_be_read()
    {
        Assume.That(Environment.IsPrivilegedProcess, Is.False, "the superuser may read everything");
        var path = Written("folder", ["0.png", "closed/1.png"]);
        File.SetUnixFileMode(Path.Combine(path, "closed"), UnixFileMode.None);

        using var files = new FolderFiles(path);

        File.SetUnixFileMode(Path.Combine(path, "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.That(files.Names, Is.EqualTo(new[] { "0.png" }));
        Assert.That($"{files.LeftOut.Single()}", Is.EqualTo("1 folder was left out: closed (may not be read)"));
    }

    [Test]
    public void Images_in_no_part()
    {
        var told = Told(KnownRecipes.Images(new()), Written("zip", ["x/train/0.png", "x/test/1.png", "x/val/2.png", "x/val/3.png", "x/preview.png", "x/unlabeled/4.png"]));
        Assert.That(told.Reading.LeftOut.Select(left => $"{left}"), Is.EqualTo(new[]
        {
            "1 image was left out: beside the folders of the parts (in no part)",
            "1 image was left out: unlabeled/ (in no part)",
            "2 images were left out: val/ (validation images: test/ is the test part)",
        }));
        Assert.That(told.Reading.Parts, Is.EqualTo("by the folders train/ and test/"));
    }

    [Test]
    public void Validation_images_of_CelebA()
    {
        var list = "1.png 0\n2.png 1\n3.png 2\n"u8.ToArray();
        using var files = SourceFiles.Open(Samples.Folder(_temporary, "celeba", ("1.png", s_dot), ("2.png", s_dot), ("3.png", s_dot), ("list_eval_partition.txt", list), ("a.txt", list)), "", _ => true);

        var reading = ImageListing.Of(files, new() { Partition = true }, true).Reading;

        Assert.That(reading.Parts, Is.EqualTo("by list_eval_partition.txt"));
        Assert.That(reading.LeftOut.Select(left => $"{left}"), Is.EqualTo(new[]
        {
            "1 image was left out: part 1 of list_eval_partition.txt (validation images)", "1 file was left out: .txt (no images)",
        }));
    }

    [Test]
    public void Classes_and_parts_are_counted()
    {
        var told = Told(KnownRecipes.Images(new(Labels: true)), Written("zip", ["train/cat/0.png", "train/cat/1.png", "train/dog/2.png", "valid/dog/3.png", "valid/wild/4.png"]));
        Assert.That((told.Train, told.Test), Is.EqualTo((3, 2)));
        Assert.That(told.Classes, Is.EqualTo(new ClassCount[] { new("cat", 2, 0), new("dog", 1, 1), new("wild", 0, 1) }));
    }

    private string Written(string kind, string[] names)
    {
        (string, byte[])[] files = [.. names.Select(name => (name, s_dot))];
        if (kind == "folder")
        {
            return Samples.Folder(_temporary, "source", files);
        }

        File.WriteAllBytes(_temporary.File("a"), kind == "zip" ? Samples.Zip(files) : Samples.Tar(files));
        return _temporary.File("a");
    }

    private Intake Told(Recipe recipe, string path)
    {
        var told = new List<Intake>();
        Adding.Add(recipe, path, _temporary.Folder("data"), new(Told: told.Add), default);
        return told.Single();
    }
}

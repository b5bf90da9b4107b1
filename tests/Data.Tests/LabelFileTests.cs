using System.Text;
using Dfx.Data.Archives;
using Dfx.Data.Folders;
using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

/// <summary>Labels in dataset.json, and folders that only count images.</summary>
public sealed class LabelFileTests
{
    // As the dataset tools of StyleGAN and EDM write them.
    private const string Pairs = """
        [["00000/img00000000.png", 0], ["00000/img00000001.png", 1], ["00000/img00000002.png", 0], ["00001/img00000003.png", 1], ["00001/img00000004.png", 0],
         ["00001/img00000005.png", 1], ["00002/img00000006.png", 0], ["00002/img00000007.png", 1], ["00002/img00000008.png", 0]]
        """;

    // Whatever else their readers take: an object, vectors, backslashes, images that are not there.
    private const string Mixed = """
        {"00000/img00000000.png": 0, "00000/img00000001.png": 1, "00000/img00000002.png": 0, "00001/img00000003.png": 1, "00001/img00000004.png": 0,
         "00001/img00000005.png": 1, "00002\\img00000006.png": 0, "00002/img00000007.png": [0.0, 1.0, 0], "00002/img00000008.png": [1, 0], "gone.png": 7}
        """;

    private static readonly string[] s_edm = [.. Enumerable.Range(0, 9).Select(i => $"0000{i / 3}/img0000000{i}.png")];

    private TemporaryFolder _temporary = null!;

    [SetUp]
    public void Make() => _temporary = new();

    [TearDown]
    public void Remove() => _temporary.Dispose();

    [TestCase(Pairs)]
    [TestCase(Mixed)]
    public void Labels_of_dataset_json_are_the_classes(string labels)
    {
        foreach (var path in Written(labels, s_edm))
        {
            var listing = Listed(path);
            Assert.That(listing.Classes, Is.EqualTo(new[] { "0", "1" }), path);
            Assert.That(listing.Items.Select(item => (item.Name, item.Label)), Is.EqualTo(s_edm.Select((name, i) => (name, i % 2))));
            Assert.That((listing.Reading.Labels, listing.Reading.LeftOut.Count), Is.EqualTo(("by dataset.json", 0)));
        }
    }

    [Test]
    public void Classes_are_in_the_order_of_their_numbers()
    {
        var listing = Listed(Written("""[["a.png", 10], ["b.png", 9], ["c.png", 100]]""", "a.png", "b.png", "c.png")[0]);
        Assert.That(listing.Classes, Is.EqualTo(new[] { "9", "10", "100" }));
        Assert.That(listing.Items.Select(item => item.Label), Is.EqualTo(new[] { 1, 0, 2 }));
    }

    [Test]
    public void Each_part_may_have_a_list_of_its_own()
    {
        var folder = Samples.Folder(
            _temporary, "parts", ("train/00000/img00000000.png", Dot(0)), ("train/00000/img00000001.png", Dot(1)), ("test/00000/img00000000.png", Dot(2)),
            ("train/dataset.json", Json("""[["00000/img00000000.png", 4], ["00000/img00000001.png", 2]]""")), ("test/dataset.json", Json("""[["00000/img00000000.png", 4]]""")));

        var listing = Listed(folder);

        Assert.That(listing.Items.Select(item => (item.Split, listing.Classes[item.Label])), Is.EqualTo(new[] { (Split.Test, "4"), (Split.Train, "4"), (Split.Train, "2") }));
        Assert.That(listing.Reading.Labels, Is.EqualTo("by test/dataset.json, train/dataset.json"));
    }

    [TestCase("null", "00000/img00000000.png", "00000/img00000001.png")]
    [TestCase("null", "00000/img00000999.png", "00001/img00001000.png", "00002/img00002000.png")]
    [TestCase(null, "x/00000/img00000000.png", "x/00001/img00001000.png")]
    [TestCase(null, "train/00000/img00000000.png", "train/00001/img00001000.png", "test/00000/img00000000.png")]
    [TestCase(null, "images1024x1024/00000/00007.png", "images1024x1024/69000/69999.png")]
    public void Folders_that_count_images_are_no_classes(string? labels, params string[] names)
    {
        foreach (var path in Written(labels, names))
        {
            Assert.That(() => Listed(path), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("count images").And.Message.Contains("dataset.json"));
            Assert.That(Listed(path, labels: false).Items, Has.Count.EqualTo(names.Length));
        }
    }

    // The last: an official layout of traffic signs, whose folders are classes.
    [TestCase("00000/img00000000.png", "00000/photo.png", "00001/img00001000.png")]
    [TestCase("1/1000.png", "1/1001.png", "2/2000.png")]
    [TestCase("00000/00001.png", "00001/00000.png")]
    [TestCase("00000/00000_00000.png", "00000/00000_00001.png", "00001/00000_00000.png")]
    public void Other_folders_of_numbers_are_classes(params string[] names) =>
        Assert.That(Listed(Written(null, names)[0]).Classes, Is.EqualTo(names.Select(name => name[..name.IndexOf('/', StringComparison.Ordinal)]).Distinct()));

    [TestCase("""[["a.png", 0]]""", "no label of 1 images, such as b.png")]
    [TestCase("""[["a.png", 0], ["b.png", 0.5]]""", "the label of b.png is 0.5")]
    [TestCase("""[["a.png", 0], ["b.png", -1]]""", "the label of b.png is -1")]
    [TestCase("""[["a.png", 0], ["b.png", [0.3, 0.7]]]""", "the label of b.png is [0.3, 0.7]")]
    [TestCase("""[["a.png", 0], ["b.png", "dog"]]""", "the label of b.png is \"dog\"")]
    [TestCase("""[["a.png", 0], ["b.png"]]""", "[\"b.png\"] among the labels")]
    [TestCase("""[["a.png", 0], ["b.""", "dataset.json")]
    public void Labels_that_are_no_classes_are_refused(string labels, string message)
    {
        foreach (var path in Written(labels, "a.png", "b.png"))
        {
            Assert.That(() => Listed(path), Throws.TypeOf<DataUnavailableException>().With.Message.Contains(message).And.Message.StartsWith($"{path}: "));
            Assert.That($"{Listed(path, labels: false).Reading.LeftOut.Single()}", Is.EqualTo("1 file was left out: .json (no images)"));
        }
    }

    [Test]
    public void Another_programs_dataset_json_gives_no_labels()
    {
        var folder = Samples.Folder(_temporary, "other", ("cat/1.png", Dot(1)), ("dog/2.png", Dot(2)), ("dataset.json", "{\"name\": \"pets\"}"u8.ToArray()), ("cat/dataset.json", "[1]"u8.ToArray()));
        Assert.That(Listed(folder).Classes, Is.EqualTo(new[] { "cat", "dog" }));
    }

    [Test]
    public void The_packed_labels_are_those_of_the_file()
    {
        var recipe = KnownRecipes.Images(new(Labels: true, Parts: ImageParts.Hash));
        var path = Written("""[["a.png", 5], ["b.png", 3], ["c.png", 5], ["d.png", 3]]""", "a.png", "b.png", "c.png", "d.png")[0];
        Adding.Add(recipe, path, _temporary.Folder("data"), new(), default);

        using var data = new ImagesDataset(new(Labels: true, Parts: ImageParts.Hash)).Open(new(null, _temporary.File("data")));

        // Pixels of one image have its number, so that they tell which one it is.
        var expected = new[] { 1L, 0, 1, 0 };
        foreach (var split in Enum.GetValues<Split>())
        {
            int[] all = [.. Enumerable.Range(0, data.Count(split))];
            using var scope = torch.NewDisposeScope();
            var numbers = ((data.Read(split, all) + 1) * 127.5).round().to(torch.int64).select(1, 0).flatten().data<long>().ToArray();
            Assert.That(data.Labels(split, all).data<long>().ToArray(), Is.EqualTo(numbers.Select(i => expected[i])));
        }
    }

    private static ImageListing Listed(string path, bool labels = true)
    {
        using var files = SourceFiles.Open(path, "", _ => true);
        return ImageListing.Of(files, new() { Labels = labels }, true);
    }

    private string[] Written(string? labels, params string[] names)
    {
        (string, byte[])[] images = [.. names.Select((name, i) => (name, Dot(i)))];
        (string, byte[])[] files = [.. images, .. labels is null ? Array.Empty<(string, byte[])>() : [("dataset.json", Json(labels))]];
        File.WriteAllBytes(_temporary.File("a.zip"), Samples.Zip(files));
        return [Samples.Folder(_temporary, "source", files), _temporary.File("a.zip")];
    }

    private static byte[] Json(string labels) => Encoding.UTF8.GetBytes($"{{\"labels\": {labels}}}");

    private static byte[] Dot(int i) => Samples.Png((8, 2), 1, [[0, (byte)i, 1, 2]]);
}

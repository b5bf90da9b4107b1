using Dfx.Data.Folders;
using Dfx.Data.Packing;
using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

/// <summary>Names of parts, and what becomes of datasets that were packed before there was a list of them.</summary>
public sealed class PartTests
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

    [TestCase("train Train TRAINING trn training_set TrainSet train-set", "Train")]
    [TestCase("test testing Testing tst test_set", "Test")]
    [TestCase("val valid VALIDATION Validation dev dev_set", "Validation")]
    [TestCase("trains tests value valley device trainer contest set cat 0 n01440764 bullet_train test_tube crash-test-dummy", "")]
    public void Names_of_parts_are_those_of_the_list(string names, string kind) => Assert.Multiple(() =>
    {
        foreach (var name in names.Split(' '))
        {
            Assert.That($"{PartNames.Of(name)}", Is.EqualTo(kind), name);
            Assert.That(PartNames.IsAlike(name), Is.False, name);
        }
    });

    [TestCase("test1 train2 train_a trainA testB val2017 test_images images-train TestData traindata trainval test-dev old_test holdout Evaluation unlabeled_train")]
    public void Names_like_those_of_parts_are_told(string names) =>
        Assert.That(names.Split(' ').Where(name => !PartNames.IsAlike(name) || PartNames.Of(name) is not null), Is.Empty);

    // Recorded with the version before there was a list of names: what it read rightly keeps its bytes, and with them its fingerprint.
    [TestCase(false, "cat dog", "a3176242ca293f762981da260e853f868526005f583d50840ea31470de862ae7")]
    [TestCase(true, "cat dog", "4990035b6a9561acf312d90ec4ef3b1c29fa8bbbe8e36b65ab0dec3c3bf23e66")]
    [TestCase(true, "x/y/cat x/y/dog", "4990035b6a9561acf312d90ec4ef3b1c29fa8bbbe8e36b65ab0dec3c3bf23e66")]
    [TestCase(true, "train/cat train/dog test/cat", "caa5f2564e83522f3abdc2ec74ddb76d1adfdcba0ed6ab58e8f854e06763a545")]
    [TestCase(true, "x/train/cat x/train/dog x/val/cat x/val/dog", "3dee8b9107048524b330e8d8bb4c9133a401559110adbed1c4219a257cdb09d8")]
    [TestCase(false, "train/cat validation more", "52ebb718add2300c0b5d75599ca7602f7b6e75370797840c1a91a981941cf059")]
    [TestCase(false, "x/train/cat x/train/dog", "9808895289e70543f0a91b79713fd02f41132c6b9972ab32e125ccac6cb07cd6")]
    [TestCase(false, "val/cat val/dog", "599be3973219214782462244fca27e4280c339d47c68e01c8b9f1f707ccb7b6f")]
    [TestCase(false, "x/Valid/cat", "4492c5c891056bd49cb88a5fb84eb4e0e92af4c8d46e644cd9c95a261651e56d")]
    [TestCase(true, "testing/a testing/b", "44e2fc11f6c7f57e00a059960cebdde47f3a8d4ec71321f5776d194bbdac2a80")]
    [TestCase(true, "train/bus train/train test/bus test/train", "8df2aa03711b3d8b42ae8f4479898444bbf7a7b2deae704d60beaf5450a2acd2")]
    public void What_was_read_rightly_has_the_same_bytes_as_ever(bool labels, string folders, string sha256)
    {
        Adding.Add(KnownRecipes.Images(new(Labels: labels)), Folder([.. folders.Split(' ')]), _root, new(), default);
        using var file = PackedFile.Open(DataFolder.Pack(_root, "images"));
        Assert.That(file.Hash, Is.EqualTo(sha256));
    }

    [Test]
    public void A_training_set_of_ImageNet_without_the_others_has_its_classes()
    {
        var source = Folder("ILSVRC/train/n01440764", "ILSVRC/train/n01443537");
        var facts = Adding.Add(KnownRecipes.ImageNet256, source, _root, new(AnyCount: true), default);
        Assert.That(facts.Classes, Is.EqualTo(new[] { "n01440764", "n01443537" }));
        Assert.That((facts.Train + facts.Test, facts.Test > 0), Is.EqualTo((8, true)));
    }

    [TestCase("train valid")]
    [TestCase("train")]
    [TestCase("Test test1 train_a")]
    public void A_dataset_that_was_added_with_parts_for_classes_is_refused(string classes)
    {
        var before = Packed(classes.Split(' '));

        Assert.That(
            () => new ImagesDataset(new(Labels: true)).Open(new(before, _root)),
            Throws.TypeOf<DataUnavailableException>().With.Message.Contains(classes.Replace(" ", ", ", StringComparison.Ordinal)).And.Message.Contains("data add"));
    }

    [Test]
    public void Locomotives_are_classes_if_asked_for()
    {
        var source = Folder("bus", "train");
        Adding.Add(KnownRecipes.Images(new(Labels: true, Parts: ImageParts.Hash)), source, _root, new(), default);

        using var data = new ImagesDataset(new(Labels: true, Parts: ImageParts.Hash)).Open(new(null, _root));

        Assert.That(data.Classes, Is.EqualTo(new[] { "bus", "train" }));
        Assert.That(() => new ImagesDataset(new(Labels: true)).Open(new(null, _root)), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("parts by hash"));
        Assert.That(KnownRecipes.Images(new(Labels: true, Parts: ImageParts.Hash)).Remedy, Does.Contain("--labels --parts hash"));
    }

    [Test]
    public void A_path_that_an_earlier_version_packed_is_packed_by_the_rules_of_today()
    {
        var (source, recipe) = (Folder("train/cat", "valid/cat"), KnownRecipes.Images(new()));
        var before = DataFolder.PackOfPath(_root, SourceHash.Of(source, $"{recipe.Id}\n{recipe.Facts}"));
        Adding.Pack(KnownRecipes.Images(new()), Folder("other", "more"), _root, before, new(), default);

        var told = new List<Intake>();
        var first = PackedData.Fingerprint(recipe, new(source, _root), told: told.Add);

        Assert.That(PackedData.Fingerprint(recipe, new(source, _root), told: told.Add), Is.EqualTo(first));
        Assert.That(first, Is.Not.EqualTo(PackedData.Fingerprint(recipe, new(before, _root))));
        Assert.That(told.Select(intake => (intake.Origin, intake.Train, intake.Test)), Is.EqualTo(new[] { (source, 4, 4) }), "told once");
    }

    // A labelled packed file with these classes, of an image each part.
    private string Packed(string[] classes)
    {
        var path = _temporary.File("before.safetensors");
        new Packer(1, _ => { }, default).Write(path, "", KnownRecipes.Images(new(Labels: true)), new Before(classes));
        return path;
    }

    private string Folder(params string[] folders) => Samples.Folder(
        _temporary, $"source{folders.Length}{folders[0].Replace('/', '-')}",
        [.. folders.Order(StringComparer.Ordinal).SelectMany(folder => Enumerable.Range(0, 4).Select(i => $"{folder}/{i}.png"))
            .Select((name, i) => (name, Samples.Png((8, 2), 1, [[0, (byte)i, (byte)(2 * i), 7]])))]);

    private sealed class Before(string[] classes) : IPixelSource
    {
        public DataShape Shape => new(3, 1, 1);

        public IReadOnlyList<string> Classes => classes;

        public IReadOnlyList<PackItem> Items => [new("a", Split.Train, 0), new("b", Split.Test, 0)];

        public Reading Reading => new("", []);

        public void Read(PackItem item, Workspace workspace, Span<byte> pixels) => pixels.Clear();

        public void Dispose()
        {
            // Nothing is open.
        }
    }
}

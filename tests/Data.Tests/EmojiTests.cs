using Dfx.Data.Emoji;
using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

/// <summary>A small package in the form of emoji-datasource-twitter.</summary>
public sealed class EmojiTests
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
    public void The_package_is_read_with_its_categories()
    {
        Adding.Add(KnownRecipes.Emoji, Package(), _root, new(AnyCount: true), default);

        using var all = new EmojiDataset(new()).Open(new(null, _root));
        using var faces = new EmojiDataset(new(EmojiPart.Faces)).Open(new(null, _root));

        Assert.That(all.Classes, Is.EqualTo(new[] { "Flags", "People & Body", "Smileys & Emotion" }));
        Assert.That(all.Shape, Is.EqualTo(new DataShape(3, 32, 32)));
        Assert.That(Total(all), Is.EqualTo(32));
        Assert.That(faces.Classes, Is.EqualTo(EmojiList.Faces));
        Assert.That(Total(faces), Is.EqualTo(22));
        using var labels = faces.Labels(Split.Train, [.. Enumerable.Range(0, faces.Count(Split.Train))]);
        Assert.That(labels.data<long>().ToArray().Distinct().Order(), Is.EqualTo(new long[] { 0, 1 }));
    }

    [Test]
    public void Both_parts_have_fingerprints_of_their_own()
    {
        Adding.Add(KnownRecipes.Emoji, Package(), _root, new(AnyCount: true), default);
        var context = new DataContext(null, _root);
        Assert.That(new EmojiDataset(new()).Fingerprint(context), Is.Not.EqualTo(new EmojiDataset(new(EmojiPart.Faces)).Fingerprint(context)));
    }

    [Test]
    public void Skin_tones_stay_together()
    {
        using var files = Archives.SourceFiles.Open(Package(), _temporary.Folder("scratch"), EmojiList.Wanted);
        var listing = EmojiList.Of(files, true);
        var hands = listing.Items.Where(item => item.Name.Contains("/b", StringComparison.Ordinal)).GroupBy(item => Path.GetFileName(item.Name)[..2]);
        Assert.That(hands.All(hand => hand.Count() == 2 && hand.Select(item => item.Split).Distinct().Count() == 1));
        Assert.That(listing.Items.Select(item => item.Split).Distinct().Count(), Is.EqualTo(2));
    }

    // By Python's hashlib: the hashes begin with 308e7b21, adea81b8 and b9ab23d4.
    [TestCase("1f600", "Train")]
    [TestCase("2b50", "Test")]
    [TestCase("1f44b", "Train")]
    public void The_rule_of_parts_is_fixed(string name, string part) => Assert.That($"{HashSplit.Of(name)}", Is.EqualTo(part));

    [Test]
    public void A_package_that_was_not_fetched_is_named_with_the_remedy() => Assert.That(
        () => new EmojiDataset(new()).Fingerprint(new(null, _root)),
        Throws.TypeOf<DataUnavailableException>().With.Message.Contains("./dfx data fetch emoji-32"));

    [Test]
    public void Too_few_images_are_refused() => Assert.That(
        () => Adding.Add(KnownRecipes.Emoji, Package(), _root, new(), default),
        Throws.TypeOf<DataUnavailableException>().With.Message.Contains("32 images").And.Message.Contains("3786"));

    private static int Total(IDataSource data) => data.Count(Split.Train) + data.Count(Split.Test);

    // Ten faces, six hands with one other tone each, ten flags.
    private string Package()
    {
        var faces = Enumerable.Range(0, 10).Select(i => ($"a{i}.png", Entry($"a{i}", "Smileys & Emotion", "")));
        var hands = Enumerable.Range(0, 6).Select(i => ($"b{i}.png", Entry($"b{i}", "People & Body", $$$""", "skin_variations": {"1F3FB": {"image": "b{{{i}}}-1f3fb.png"}}""")));
        var flags = Enumerable.Range(0, 10).Select(i => ($"c{i}.png", Entry($"c{i}", "Flags", "")));
        (string Name, string Json)[] all = [.. faces, .. hands, .. flags];
        var images = all.Select(one => one.Name).Concat(Enumerable.Range(0, 6).Select(i => $"b{i}-1f3fb.png"));
        var archive = Samples.Tar(
        [
            ("package/emoji.json", System.Text.Encoding.UTF8.GetBytes($"[{string.Join(',', all.Select(one => one.Json))}]")),
            ("package/img/twitter/sheets/32.png", Samples.Png(9, 9, 1)),
            .. images.Select((name, i) => ($"package/img/twitter/64/{name}", Samples.Png(64, 64, i))),
        ]);
        File.WriteAllBytes(_temporary.File("package.tgz"), IdxSamples.Gzip(archive));
        return _temporary.File("package.tgz");
    }

    private static string Entry(string name, string category, string more) => $$"""{"image": "{{name}}.png", "category": "{{category}}"{{more}}}""";
}

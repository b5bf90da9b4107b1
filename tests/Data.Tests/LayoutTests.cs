using Dfx.Data.Archives;
using Dfx.Data.Folders;
using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

/// <summary>The tables of layouts in docs/data.md, row by row: as folders and as zip archives, without labels and with them.</summary>
public sealed class LayoutTests
{
    private const string ByHash = "by hash";
    private const int Images = 3;

    // What was hashed before these names became parts stays hashed.
    private static readonly string[] s_kept = ["train", "test", "val", "validation"];

    private TemporaryFolder _temporary = null!;

    public static IEnumerable<TestCaseData> Taken => Table("| images lie in | training").Select(Case);

    public static IEnumerable<TestCaseData> Refused => Table("| images lie in | refused").Select(Case);

    [SetUp]
    public void Make() => _temporary = new();

    [TearDown]
    public void Remove() => _temporary.Dispose();

    [TestCaseSource(nameof(Taken))]
    public void Is_taken_for_what_the_table_says(string[] cells)
    {
        var (names, classes) = (Names(cells[0]), Quoted(cells[4]));
        foreach (var path in Written(names))
        {
            var plain = Listed(path, new());
            Assert.That(Part(plain, Split.Train), Is.EquivalentTo(Expected(names, cells[1], Split.Train)), path);
            Assert.That(Part(plain, Split.Test), Is.EquivalentTo(Expected(names, cells[2], Split.Test)), path);
            var lost = Quoted(cells[3]).Select(folder => new LeftOut(Images, "image", folder, ""));
            Assert.That(plain.Reading.LeftOut.Select(left => left with { Why = "" }), Is.EquivalentTo(lost));
            if (cells[4] == "refused")
            {
                Assert.That(() => Listed(path, new() { Labels = true }), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("class"));
                continue;
            }

            var labelled = Listed(path, new() { Labels = true });
            Assert.That(labelled.Items.Select(item => item with { Label = 0 }), Is.EqualTo(plain.Items));
            Assert.That(labelled.Classes, Is.EqualTo(classes));
            Assert.That(labelled.Items.Select(item => classes[item.Label]), Is.EqualTo(labelled.Items.Select(item => Path.GetFileName(Path.GetDirectoryName(item.Name)))));
        }
    }

    [TestCaseSource(nameof(Refused))]
    public void Is_refused_by_name_and_the_remedy_works(string[] cells)
    {
        var names = Names(cells[0]);
        foreach (var path in Written(names))
        {
            foreach (var labels in new[] { false, true })
            {
                var data = _temporary.Folder("data");
                var refusal = Assert.Throws<DataUnavailableException>(() => Adding.Add(KnownRecipes.Images(new(Labels: labels)), path, data, new(), default))!.Message;
                Assert.That(Directory.GetFiles(data), Is.Empty);
                Assert.That(Quoted(cells[1]).Where(folder => !refusal.Contains($"'{folder}'", StringComparison.Ordinal)), Is.Empty, refusal);
                Assert.That(refusal, Does.StartWith($"{path}: ").And.Contain("--parts hash").And.Contain("parts: hash").And.Contain(PartNames.Known));
                var facts = Adding.Add(KnownRecipes.Images(new("x", Labels: labels, Parts: ImageParts.Hash)), path, data, new(), default);
                Assert.That(facts.Train + facts.Test, Is.EqualTo(names.Length));
                Assert.That(facts.Classes, Is.EqualTo(labels ? names.Select(name => name.Split('/')[0]).Distinct().Order(StringComparer.Ordinal).ToArray() : []));
                Directory.Delete(data, recursive: true);
            }
        }
    }

    private static ImageListing Listed(string path, ImageRules rules)
    {
        using var files = SourceFiles.Open(path, "", _ => true);
        return ImageListing.Of(files, rules, true);
    }

    private static IEnumerable<string> Part(ImageListing listing, Split split) => listing.Items.Where(item => item.Split == split).Select(item => item.Name);

    private static IEnumerable<string> Expected(string[] names, string cell, Split split)
    {
        if (cell != ByHash)
        {
            return names.Where(name => Quoted(cell).Any(folder => name.StartsWith(folder, StringComparison.Ordinal)));
        }

        var folders = names[0].Split('/')[..^1];
        var shared = folders.TakeWhile((_, i) => names.All(name => name.StartsWith(string.Join('/', folders[..(i + 1)]) + "/", StringComparison.Ordinal)));
        var passed = shared.TakeWhile(folder => !s_kept.Contains(folder)).Sum(folder => folder.Length + 1);
        var parts = HashSplit.Of([.. names.Select(name => name[passed..])]);
        return names.Where((_, i) => parts[i] == split);
    }

    private IEnumerable<string> Written(string[] names)
    {
        (string, byte[])[] files = [.. names.Select((name, i) => (name, Dot(i)))];
        File.WriteAllBytes(_temporary.File("a.zip"), Samples.Zip(files));
        return [Samples.Folder(_temporary, "source", files), _temporary.File("a.zip")];
    }

    // A PNG image of one pixel.
    private static byte[] Dot(int i) => Samples.Png((8, 2), 1, [[0, (byte)i, 1, 2]]);

    private static string[] Names(string cell) => [.. Quoted(cell).SelectMany(folder => Enumerable.Range(0, Images).Select(i => $"{folder}/{i}.png"))
        .Order(StringComparer.Ordinal)];

    private static string[] Quoted(string cell) => [.. cell.Split('`').Where((_, i) => i % 2 == 1)];

    private static TestCaseData Case(string[] cells) => new TestCaseData([cells]).SetArgDisplayNames(cells[0]);

    private static IEnumerable<string[]> Table(string heading) => File.ReadLines(Path.Combine(Root(AppContext.BaseDirectory), "docs", "data.md"))
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray());

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Dfx.sln"))
        ? folder
        : Root(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no Dfx.sln above the tests."));
}

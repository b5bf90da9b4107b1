using System.Text.Json;
using Dfx.Harness.Store;

namespace Dfx.Harness.Tests.Store;

/// <summary>Reading with shared texts gives what reading without gives.</summary>
public sealed class SharedTextsTests
{
    private const string Key = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Test]
    public void Dictionaries_of_any_names_are_those_that_were_written([Range(1, 5)] int seed)
    {
        var random = new Random(seed);
        var axes = Enumerable.Range(0, 400).Select(_ => random.Next(8) == 0 ? Texts(random, random.Next(5)) : Texts(random, 3)).ToList();
        var (plain, shared) = Both(axes);
        Assert.That(shared.Select(job => job.Axes!.ToList()), Is.EqualTo(axes.Select(texts => texts.DistinctBy(pair => pair.Key).Select(pair => KeyValuePair.Create(pair.Key, texts.Last(t => t.Key == pair.Key).Value)).ToList())));
        Assert.That(shared.Select(job => job.Needs), Is.EqualTo(plain.Select(job => job.Needs)));
        foreach (var (a, b) in plain.Zip(shared))
        {
            Assert.That((b.Axes!.Count, b.Axes.Keys, b.Axes.Values), Is.EqualTo((a.Axes!.Count, a.Axes.Keys, a.Axes.Values)));
            Assert.That("abcd".Select(name => (b.Axes.ContainsKey($"{name}"), b.Axes.GetValueOrDefault($"{name}"))), Is.EqualTo("abcd".Select(name => (a.Axes.ContainsKey($"{name}"), a.Axes.GetValueOrDefault($"{name}")))));
        }
    }

    [TestCase("null")]
    [TestCase("7")]
    [TestCase("{}")]
    [TestCase("[]")]
    public void Something_else_where_a_text_should_be_is_refused_also_after_names_that_are_known(string value)
    {
        var json = Manifest([Json([new("a", "x")]), $$"""{"a":{{value}}}"""]);
        Assert.That(() => JsonSerializer.Deserialize(json, StoreJson.WithSharedTexts().Manifest), Throws.InstanceOf<JsonException>());
        Assert.That(() => JsonSerializer.Deserialize(json.Replace($$"""{"a":{{value}}}""", "{}", StringComparison.Ordinal), StoreJson.WithSharedTexts().Manifest), Throws.Nothing);
    }

    [Test]
    public void A_name_that_is_not_there_is_told()
    {
        var read = JsonSerializer.Deserialize(Manifest([Json([new("a", "x")]), Json([new("a", "y")])]), StoreJson.WithSharedTexts().Manifest)!;
        Assert.That(read.Jobs[1].Axes, Is.TypeOf<NamedTexts>(), "the names of the one before");
        Assert.That(() => read.Jobs[1].Axes!["b"], Throws.InstanceOf<KeyNotFoundException>());
    }

    /// <summary>Names and texts of few letters, so that all of those before come again: in another order, twice, with signs that JSON escapes.</summary>
    private static List<KeyValuePair<string, string>> Texts(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"{"abcd"[random.Next(6) == 0 ? random.Next(4) : i % 4]}", string.Concat(random.GetItems("x\"é\n".ToCharArray(), random.Next(3)))))];

    private static (IReadOnlyList<ManifestJob> Plain, IReadOnlyList<ManifestJob> Shared) Both(IEnumerable<List<KeyValuePair<string, string>>> axes)
    {
        var json = Manifest(axes.Select(Json));
        return (JsonSerializer.Deserialize(json, StoreJson.Default.Manifest)!.Jobs, JsonSerializer.Deserialize(json, StoreJson.WithSharedTexts().Manifest)!.Jobs);
    }

    private static string Json(IEnumerable<KeyValuePair<string, string>> texts) =>
        $"{{{string.Join(',', texts.Select(pair => $"{JsonSerializer.Serialize(pair.Key)}:{JsonSerializer.Serialize(pair.Value)}"))}}}";

    private static string Manifest(IEnumerable<string> axes) =>
        $$"""{"matrix":"m","source":"","environment":{},"plugins":{},"jobs":[{{string.Join(',', axes.Select((texts, i) => $$"""{"key":"{{Key}}","kind":"cell","identity":"{{i}}","needs":[{{string.Join(',', Enumerable.Repeat($"\"{i / 7}\"", i % 3))}}],"axes":{{texts}}}"""))}}]}""";
}

using Dfx.Data.Weights;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

public sealed class WeightFilesTests
{
    private static readonly byte[] s_content = [1, 2, 3, 4];
    private static readonly PublishedWeights s_weights = new("net", "net-0123.pth", "somebody", Samples.Hash(s_content), 4);

    private TemporaryFolder _temporary = null!;
    private string _root = null!;

    [SetUp]
    public void Make()
    {
        _temporary = new();
        _root = _temporary.Folder("data");
        File.WriteAllBytes(_temporary.File("good"), s_content);
        File.WriteAllBytes(_temporary.File("other"), [1, 2, 3, 5]);
        File.WriteAllBytes(_temporary.File("long"), [1, 2, 3, 4, 5]);
    }

    [TearDown]
    public void Remove() => _temporary.Dispose();

    [Test]
    public void The_published_file_lies_where_metrics_look()
    {
        Add("good");
        Assert.That(File.ReadAllBytes(Path.Combine(_root, "weights", "net.pth")), Is.EqualTo(s_content));
        Assert.That(() => WeightFiles.Verify(s_weights, _root), Throws.Nothing);
    }

    [TestCase("other", "SHA-256")]
    [TestCase("long", "5 bytes; expected 4")]
    [TestCase("none", "none")]
    public void Other_files_are_refused_and_leave_nothing(string name, string message)
    {
        Assert.That(() => Add(name), Throws.TypeOf<DataUnavailableException>().With.Message.Contains(message));
        Assert.That(Directory.GetFileSystemEntries(_root), Is.Empty);
    }

    [Test]
    public void Who_knows_better_may_and_a_flipped_bit_is_found_all_the_same()
    {
        Assert.That(Add("other", any: true), Is.EqualTo(Samples.Hash([1, 2, 3, 5])));
        Assert.That(() => WeightFiles.Verify(s_weights, _root), Throws.Nothing);
        File.WriteAllBytes(Path.Combine(_root, "weights", "net.pth"), s_content);
        Assert.That(() => WeightFiles.Verify(s_weights, _root), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("net.pth"));
    }

    [Test]
    public void Pins_are_whole_hashes() =>
        Assert.That(PublishedWeights.All.All(weights => weights.Sha256 is null || (weights.Sha256.Length == 64 && weights.Sha256.All(char.IsAsciiHexDigitLower))));

    /// <summary>What no publisher gives a hash of is known by its own, from when it came in on.</summary>
    [Test]
    public void A_file_without_a_published_hash_is_taken_and_watched()
    {
        var weights = s_weights with { Sha256 = null, Length = null };
        Assert.That(WeightFiles.Add(weights, _temporary.File("long"), _root, false, _ => { }, default), Is.EqualTo(Samples.Hash([1, 2, 3, 4, 5])));
        var path = Path.Combine(_root, "weights", "net.pth");
        Assert.That(WeightFiles.Known(path), Is.EqualTo(Samples.Hash([1, 2, 3, 4, 5])));
        File.WriteAllBytes(path, s_content);
        Assert.That(() => WeightFiles.Verify(weights, _root), Throws.TypeOf<DataUnavailableException>());
        File.Delete(path + ".sha256");
        Assert.That(WeightFiles.Known(path), Is.EqualTo(Samples.Hash(s_content)), "put there by hand");
    }

    private string Add(string name, bool any = false) => WeightFiles.Add(s_weights, _temporary.File(name), _root, any, _ => { }, default);
}

using Dfx.Data.Idx;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

public sealed class PinnedFolderTests
{
    private static readonly PinnedFile s_pin = new("images", PinnedFile.Hash(IdxSamples.Small), IdxSamples.Small.Length);

    private TemporaryFolder _temporary = null!;
    private string _cache = null!;
    private PinnedFolder _folder = null!;

    [SetUp]
    public void Make()
    {
        _temporary = new();
        _cache = _temporary.Folder("cache");
        _folder = new(_temporary.Path, _cache, "Get it.");
    }

    [TearDown]
    public void Remove() => _temporary.Dispose();

    [Test]
    public void A_plain_file_needs_no_cache()
    {
        File.WriteAllBytes(_temporary.File("images"), IdxSamples.Small);

        _folder.Verify(s_pin);

        Assert.That(_folder.Read(s_pin).Content, Is.EqualTo(IdxSamples.Small));
        Assert.That(Directory.GetFiles(_cache), Is.Empty);
    }

    [Test]
    public void A_gzip_file_is_unpacked_once()
    {
        File.WriteAllBytes(_temporary.File("images.gz"), IdxSamples.Gzip(IdxSamples.Small));

        _folder.Verify(s_pin);
        var copy = Directory.GetFiles(_cache).Single();
        var written = File.GetLastWriteTimeUtc(copy);
        _folder.Verify(s_pin);

        Assert.That(_folder.Read(s_pin).Content, Is.EqualTo(IdxSamples.Small));
        Assert.That(File.GetLastWriteTimeUtc(copy), Is.EqualTo(written));
    }

    [TestCase("")]
    [TestCase("not it, but of the same length")]
    public void A_damaged_copy_is_made_again(string damage)
    {
        File.WriteAllBytes(_temporary.File("images.gz"), IdxSamples.Gzip(IdxSamples.Small));
        _folder.Verify(s_pin);
        var copy = Directory.GetFiles(_cache).Single();
        File.WriteAllText(copy, damage);

        Assert.That(_folder.Read(s_pin).Content, Is.EqualTo(IdxSamples.Small));
        Assert.That(File.ReadAllBytes(copy), Is.EqualTo(IdxSamples.Small));
    }

    [Test]
    public void Another_file_under_an_old_time_stamp_is_found()
    {
        var path = _temporary.File("images.gz");
        File.WriteAllBytes(path, IdxSamples.Gzip(IdxSamples.Small));
        _folder.Verify(s_pin);
        var written = File.GetLastWriteTimeUtc(path);
        File.WriteAllBytes(path, IdxSamples.Gzip([.. IdxSamples.Small[..^1], 99]));
        File.SetLastWriteTimeUtc(path, written);

        Assert.That(() => _folder.Verify(s_pin), Throws.TypeOf<DataUnavailableException>());
        Assert.That(() => _folder.Read(s_pin), Throws.TypeOf<DataUnavailableException>());
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Another_content_is_refused_with_both_hashes(bool packed)
    {
        byte[] other = [.. IdxSamples.Small[..^1], 99];
        File.WriteAllBytes(_temporary.File(packed ? "images.gz" : "images"), packed ? IdxSamples.Gzip(other) : other);

        foreach (var question in new Action[] { () => _folder.Verify(s_pin), () => _folder.Read(s_pin) })
        {
            Assert.That(
                question,
                Throws.TypeOf<DataUnavailableException>().With.Message.Contains("images")
                    .And.Message.Contains(s_pin.Sha256).And.Message.Contains(PinnedFile.Hash(other)));
        }
    }

    [Test]
    public void A_missing_file_is_named_with_the_remedy() =>
        Assert.That(() => _folder.Read(s_pin), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("images(.gz)").And.Message.Contains("Get it."));

    [Test]
    public void A_cache_that_cannot_be_written_is_named()
    {
        File.WriteAllBytes(_temporary.File("images.gz"), IdxSamples.Gzip(IdxSamples.Small));
        var folder = new PinnedFolder(_temporary.Path, _temporary.File("nowhere"), "");

        Assert.That(() => folder.Read(s_pin), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("nowhere"));
    }
}

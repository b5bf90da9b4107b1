using System.Formats.Tar;
using Dfx.Data.Archives;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

public sealed class ArchiveTests
{
    private static readonly (string Name, byte[] Bytes)[] s_files = [("b/two.png", [1, 2, 3]), ("a/one.png", new byte[5000]), ("a/.hidden.png", [9])];

    private TemporaryFolder _temporary = null!;

    [SetUp]
    public void Make() => _temporary = new();

    [TearDown]
    public void Remove() => _temporary.Dispose();

    [TestCase("zip")]
    [TestCase("tar")]
    [TestCase("tar.gz")]
    [TestCase("v7")]
    [TestCase("gnu")]
    [TestCase("folder")]
    public void The_same_files_come_out_of_everything(string kind)
    {
        var path = kind == "folder" ? Samples.Folder(_temporary, "source", s_files) : Written(kind switch
        {
            "zip" => Samples.Zip(s_files),
            "tar" => Samples.Tar(s_files),
            "gnu" => Samples.Tar(TarEntryFormat.Gnu, s_files),
            "v7" => IdxSamples.Gzip(Samples.Tar(TarEntryFormat.V7, s_files)),
            _ => IdxSamples.Gzip(Samples.Tar(s_files)),
        });

        using var files = Open(path);

        var memory = Array.Empty<byte>();
        Assert.That(files.Names, Is.EqualTo(new[] { "a/one.png", "b/two.png" }));
        Assert.That(files.Read("b/two.png", ref memory).ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(files.Read("a/one.png", ref memory).ToArray(), Is.EqualTo(new byte[5000]));
    }

    [TestCase("../evil.png")]
    [TestCase("a/../../evil.png")]
    [TestCase("/etc/evil.png")]
    [TestCase("a\\..\\evil.png")]
    [TestCase("a//evil.png")]
    public void Names_that_lead_out_are_refused(string name)
    {
        foreach (var archive in new[] { Samples.Zip((name, [1])), Samples.Tar((name, [1])) })
        {
            Assert.That(() => Open(Written(archive)), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("evil"));
        }

        Assert.That(File.Exists(_temporary.File("evil.png")), Is.False);
    }

    // As Compress-Archive of Windows PowerShell 5 writes them, with entries for folders as .NET Framework does.
    [Test]
    public void Backslashes_of_Windows_are_between_folders()
    {
        using var files = Open(Written(Samples.Zip(("dog\\0000.png", [1]), ("cat\\", []), ("cat\\0000.png", [2]), (".\\cat\\0001.png", [3]), ("cat\\.hidden\\4.png", [4]))));

        var memory = Array.Empty<byte>();
        Assert.That(files.Names, Is.EqualTo(new[] { "cat/0000.png", "cat/0001.png", "dog/0000.png" }));
        Assert.That(files.Read("cat/0000.png", ref memory).ToArray(), Is.EqualTo(new byte[] { 2 }));
        Assert.That($"{files.LeftOut.Single()}", Does.Contain("cat/.hidden ("));
    }

    // Where slashes are between folders too, a backslash may be a letter.
    [Test]
    public void Other_backslashes_are_refused_with_the_way_out()
    {
        foreach (var archive in new[] { Samples.Zip(("a/1.png", [1]), ("b\\2.png", [1])), Samples.Tar(("b\\2.png", [1])) })
        {
            Assert.That(() => Open(Written(archive)), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("b\\2.png").And.Message.Contains("Unpack it and name the folder"));
        }
    }

    [Test]
    public void Encrypted_files_are_refused_with_the_way_out()
    {
        var zip = Samples.Zip(("a.png", [1, 2, 3]));
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1; // the first bit of the flags
        Assert.That(() => Open(Written(zip)), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("'a.png' is encrypted").And.Message.Contains("password"));
    }

    // macOS keeps the picture of a folder in a file whose name ends with a carriage return.
    [TestCase("zip")]
    [TestCase("tar")]
    [TestCase("folder")]
    public void The_pictures_of_folders_are_hidden(string kind)
    {
        (string, byte[])[] content = [("a/1.png", [1]), ("a/Icon\r", [2])];
        using var files = Open(kind == "folder" ? Samples.Folder(_temporary, "source", content) : Written(kind == "zip" ? Samples.Zip(content) : Samples.Tar(content)));
        Assert.That(files.Names, Is.EqualTo(new[] { "a/1.png" }));
        Assert.That(files.LeftOut.Single().Count, Is.EqualTo(1));
    }

    [TestCase(TarEntryType.SymbolicLink)]
    [TestCase(TarEntryType.HardLink)]
    [TestCase(TarEntryType.Fifo)]
    public void Links_and_devices_are_refused(TarEntryType type)
    {
        using var memory = new MemoryStream();
        using (var writer = new TarWriter(memory, TarEntryFormat.Pax, leaveOpen: true))
        {
            var entry = new PaxTarEntry(type, "a.png");
            if (type != TarEntryType.Fifo)
            {
                entry.LinkName = "/etc/passwd";
            }

            writer.WriteEntry(entry);
        }

        Assert.That(() => Open(Written(memory.ToArray())), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("a.png").And.Message.Contains($"{type}"));
    }

    [Test]
    public void Two_files_of_one_name_are_refused()
    {
        foreach (var archive in new[] { Samples.Zip(("a", [1]), ("a", [2])), Samples.Tar(("a", [1]), ("a", [2])) })
        {
            Assert.That(() => Open(Written(archive)), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("'a'"));
        }
    }

    [Test]
    public void A_zip_that_promises_more_than_deflate_can_hold_is_refused()
    {
        var zip = Samples.Zip(("bomb", new byte[1000]));
        var directory = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(zip.AsSpan(directory + 24), 200_000_000); // the unpacked length
        using var files = Open(Written(zip));
        var memory = Array.Empty<byte>();
        Assert.That(() => files.Read("bomb", ref memory).Length, Throws.TypeOf<InvalidDataException>().With.Message.Contains("200000000"));
        Assert.That(memory, Is.Empty);
    }

    [Test]
    public void A_changed_byte_of_a_stored_file_is_found()
    {
        var zip = Samples.Zip(("a.png", [1, 2, 3, 4, 5, 6, 7]));
        zip[zip.AsSpan().IndexOf(new byte[] { 1, 2, 3, 4 })] ^= 64;
        using var files = Open(Written(zip));
        var memory = Array.Empty<byte>();
        Assert.That(() => files.Read("a.png", ref memory).Length, Throws.TypeOf<InvalidDataException>().With.Message.Contains("checksum"));
    }

    [TestCase("00017777777\0", "4194303")]
    [TestCase("\u0080\0\0\0\0\0\0\0\0\0\u0001\0", "octal")]
    public void A_tar_that_promises_long_attributes_is_refused_before_memory_is_asked_for(string size, string message)
    {
        var tar = Samples.Tar(("a.png", [1]));
        System.Text.Encoding.Latin1.GetBytes(size).CopyTo(tar, 124);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(() => Open(Written(tar)), Throws.TypeOf<DataUnavailableException>().With.Message.Contains(message));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }

    [Test]
    public void Cut_archives_and_other_files_are_refused_by_name()
    {
        var tar = Samples.Tar(s_files);
        foreach (var file in new byte[][] { Samples.Zip(s_files)[..200], tar[..900], IdxSamples.Gzip(tar)[..60], [1, 2, 3], [] })
        {
            Assert.That(() => Open(Written(file)), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("archive"));
        }

        Assert.That(() => Open(_temporary.File("nothing")), Throws.TypeOf<DataUnavailableException>().With.Message.Contains("nothing"));
    }

    private string Written(byte[] bytes)
    {
        File.WriteAllBytes(_temporary.File("archive"), bytes);
        return _temporary.File("archive");
    }

    private ISourceFiles Open(string path) => SourceFiles.Open(path, _temporary.Folder($"{Guid.NewGuid():N}"), _ => true);
}

using Dfx.Harness.Matrix;
using Dfx.Harness.Plugins;
using Dfx.Harness.Tests.Plugins;

namespace Dfx.Harness.Tests.Matrix;

/// <summary>An id that two DLLs claim.</summary>
public sealed class ClaimedIdsTests
{
    private static readonly DateTime s_then = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private ScratchFolder _scratch = null!;

    [SetUp]
    public void Make() => _scratch = new();

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public void An_older_one_is_passed_over_with_a_word()
    {
        var (taken, other) = (Place("Overspends.dll", s_then), Place("Overspends/Overspends.dll", s_then.AddSeconds(-1), changed: true));
        var matrix = Read("test-overspends");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(matrix.Samplers[0].Choice.Type.File.Path, Is.EqualTo(taken));
            Assert.That(matrix.Notes, Has.Count.EqualTo(1));
            Assert.That(matrix.Notes[0], Does.StartWith($"sampler 'test-overspends' is taken from {taken} (").And.Contain("written 2026-01-02 03:04:05 UTC").And.Contain($"; {other} ("));
        }
    }

    [Test]
    public void A_newer_one_is_an_error_unless_the_matrix_names_the_file()
    {
        var (taken, newer) = (Place("Overspends.dll", s_then), Place("Overspends/Overspends.dll", s_then.AddSeconds(1), changed: true));
        var error = Assert.Throws<UsageException>(() => Read("test-overspends"))!.Message;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error, Does.Contain("m.yaml:4:11: ").And.Contain(taken).And.Contain(newer).And.Contain("is newer").And.Contain("remove one of the two"));
            foreach (var file in (string[])[taken, newer])
            {
                var matrix = Read($"{{ sampler: test-overspends, file: {file} }}");
                Assert.That(matrix.Samplers[0].Choice.Type.File.Path, Is.EqualTo(file));
                Assert.That(matrix.Notes, Is.Empty);
            }

            Assert.That(() => Read("{ sampler: test-overspends, file: nowhere.dll }"), Throws.TypeOf<UsageException>().With.Message.Contains("nowhere.dll").And.Message.Contains(taken));
        }
    }

    [Test]
    public void A_copy_of_the_same_bytes_is_the_same_plugin()
    {
        Place("Overspends.dll", s_then);
        Place("Overspends/Overspends.dll", s_then.AddSeconds(1));
        Assert.That(Read("test-overspends").Notes, Is.Empty);
    }

    /// <summary>It was built for a newer contract, or is damaged: what runs is the old one all the same.</summary>
    [Test]
    public void A_newer_build_that_cannot_be_used_is_told_too()
    {
        Place("Overspends.dll", s_then);
        var refused = _scratch.Copy(TestPlugins.Dll("NewerContract"), "plugins/Overspends/Overspends.dll");
        File.SetLastWriteTimeUtc(refused, s_then.AddSeconds(1));
        Assert.That(() => Read("test-overspends"), Throws.TypeOf<UsageException>().With.Message.Contains("cannot be used (built for contract 1.1"));
    }

    [Test]
    public void An_id_that_the_matrix_does_not_use_may_be_claimed_twice()
    {
        Place("Overspends.dll", s_then);
        Place("Overspends/Overspends.dll", s_then.AddSeconds(1), changed: true);
        Assert.That(Read("test-euler").Notes, Is.Empty);
    }

    private string Place(string name, DateTime written, bool changed = false)
    {
        var path = _scratch.Copy(TestPlugins.Dll("Overspends"), "plugins/" + name);
        if (changed)
        {
            // Bytes after an assembly mean nothing to its readers.
            File.AppendAllText(path, "another build");
        }

        File.SetLastWriteTimeUtc(path, written);
        return path;
    }

    private MatrixFile Read(string sampler)
    {
        if (!File.Exists(_scratch.At("plugins/Sample/Sample.dll")))
        {
            _scratch.Copy(TestPlugins.Dll("Sample"), "plugins/Sample/Sample.dll");
        }

        var catalog = PluginCatalog.Discover([Path.Combine(_scratch.Path, "plugins")], PluginFolders.HostAssemblies());
        return MatrixReader.Read(_scratch.Write("m.yaml", Matrices.Text(("samplers", sampler))), catalog);
    }
}

using Dfx.Harness.Plugins;

namespace Dfx.Harness.Tests.Plugins;

/// <summary>The hash that decides whether results are stale.</summary>
public sealed class ContentHashTests
{
    [Test]
    public void It_depends_on_names_and_bytes_and_not_on_times()
    {
        using var scratch = new ScratchFolder();
        var plugin = Plugin(scratch, "X");
        var before = plugin.ContentHash;
        File.SetLastWriteTimeUtc(plugin.Path, new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var later = plugin.ContentHash;
        var bytes = File.ReadAllBytes(plugin.Path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(plugin.Path, bytes);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Has.Length.EqualTo(64));
            Assert.That(later, Is.EqualTo(before));
            Assert.That(plugin.ContentHash, Is.Not.EqualTo(before));
        }
    }

    [Test]
    public void It_is_the_same_wherever_the_folder_lies()
    {
        using var one = new ScratchFolder();
        using var other = new ScratchFolder();
        Assert.That(Plugin(one, "X").ContentHash, Is.EqualTo(Plugin(other, "X").ContentHash));
    }

    [Test]
    public void A_folder_counts_with_everything_in_it()
    {
        using var scratch = new ScratchFolder();
        var plugin = Plugin(scratch, "X");
        var before = plugin.ContentHash;
        scratch.Write("X/runtimes/linux-x64/native/libx.so", "1");
        var more = plugin.ContentHash;
        Directory.Move(scratch.At("X/runtimes/linux-x64"), Path.Combine(scratch.Path, "X/runtimes/linux-arm64"));
        var renamed = plugin.ContentHash;
        scratch.Write("Y/other.txt", "of another plugin");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(more, Is.Not.EqualTo(before));
            Assert.That(renamed, Is.Not.EqualTo(more));
            Assert.That(plugin.ContentHash, Is.EqualTo(renamed));
        }
    }

    [Test]
    public void A_bare_DLL_counts_with_what_it_needs_beside_it()
    {
        using var scratch = new ScratchFolder();
        var plugin = new PluginFile(scratch.Copy(TestPlugins.Dll("PrivateDependency"), "Bare.dll"), OwnsFolder: false);
        var alone = plugin.ContentHash;
        scratch.Copy(TestPlugins.Dll("Sample"), "Sample.dll");
        scratch.Write("Barely.dll", "of another name");
        var neighbours = plugin.ContentHash;
        scratch.Copy(Path.Combine(TestPlugins.Folder, "PrivateDependency", "YamlDotNet.dll"), "YamlDotNet.dll");
        var dependency = plugin.ContentHash;
        scratch.Write("Bare.deps.json", "{}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(neighbours, Is.EqualTo(alone));
            Assert.That(dependency, Is.Not.EqualTo(alone));
            Assert.That(plugin.ContentHash, Is.Not.EqualTo(dependency));
        }
    }

    private static PluginFile Plugin(ScratchFolder scratch, string name) =>
        new(scratch.Copy(TestPlugins.Dll("Sample"), $"{name}/{name}.dll"), OwnsFolder: true);
}

using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Text.RegularExpressions;
using Dfx.Elf;

namespace Dfx.Numerics.Tests.Loading;

/// <summary>The one need of TorchSharp's glue that is marked weak, on the package's own file.</summary>
public sealed partial class WeakVersionTests
{
    private const string Newest = "GLIBCXX_3.4.32";
    private const string Glue = "runtimes/linux-x64/native/libLibTorchSharp.so";

    private static string Package { get; } = typeof(WeakVersionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "TorchSharp").Value!;

    private static readonly byte[] s_glue = File.ReadAllBytes(Path.Combine(Package, Glue));

    private static readonly HashSet<string> s_all = [.. new ElfVersions(s_glue).Needs.Select(n => n.Version)];

    [Test]
    public void Needs_are_those_that_readelf_reads()
    {
        var read = Readelf(Path.Combine(Package, Glue));
        Assert.That(new ElfVersions(s_glue).Needs.Select(n => (n.Library, n.Version, n.IsWeak)), Is.EquivalentTo(read));
        Assert.That(read, Has.Count.GreaterThan(10));
    }

    [Test]
    public void Readelf_reads_the_mark()
    {
        using var folder = new Files.TestFolder();
        var weak = Readelf(folder.Write("marked.so", WeakVersion.Mark(s_glue, null)!)).Where(need => need.IsWeak);
        Assert.That(weak, Is.EqualTo(new[] { ("libstdc++.so.6", Newest, true) }));
    }

    [Test]
    public void Definitions_are_those_of_this_systems_library()
    {
        var present = new ElfVersions(File.ReadAllBytes(WeakVersion.SystemLibrary()!)).Definitions;
        Assert.That(present, Does.Contain("GLIBCXX_3.4").And.Contain("CXXABI_1.3").And.Contain("GLIBCXX_3.4.26"));
    }

    [Test]
    public void One_field_of_16_bits_differs_whether_the_system_is_known_or_not()
    {
        var flags = new ElfVersions(s_glue).Needs.Single(n => n.Version == Newest).FlagsOffset;
        var known = WeakVersion.Mark(s_glue, Without(Newest))!;
        var differing = Enumerable.Range(0, s_glue.Length).Where(i => known[i] != s_glue[i]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(differing, Is.EqualTo(new[] { flags }), "VER_FLG_WEAK is in the lower byte");
            Assert.That(known[flags], Is.EqualTo(2));
            Assert.That(WeakVersion.Mark(s_glue, null), Is.EqualTo(known));
        }
    }

    [Test]
    public void Nothing_is_done_where_the_version_is_present() => Assert.That(WeakVersion.Mark(s_glue, s_all), Is.Null);

    [Test]
    public void What_is_marked_is_not_marked_again() => Assert.That(WeakVersion.Mark(WeakVersion.Mark(s_glue, null)!, Without(Newest)), Is.Null);

    [TestCase("GLIBCXX_3.4.30")]
    [TestCase("GLIBCXX_3.4.29")]
    public void A_version_that_functions_are_bound_to_is_never_marked(string version) =>
        Assert.That(() => WeakVersion.Mark(s_glue, Without(version)), Throws.TypeOf<InvalidDataException>().With.Message.Contains(version).And.Message.Contains("_Z"));

    [Test]
    public void The_markers_version_is_refused_when_another_symbol_is_bound_to_it()
    {
        // The marker under another name is a symbol like any other.
        var renamed = s_glue.ToArray();
        var at = renamed.AsSpan().IndexOf("_ZSt21ios_base_library_initv"u8);
        renamed[at + 4] = (byte)'3';
        Assert.That(
            () => WeakVersion.Mark(renamed, Without(Newest)),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains(Newest).And.Message.Contains("_ZSt31ios_base_library_initv"));
    }

    [TestCase(0)]
    [TestCase(63)]
    [TestCase(64)]
    [TestCase(100_000)]
    [TestCase(2_000_000)]
    public void A_file_cut_short_is_refused(int length) =>
        Assert.That(() => WeakVersion.Mark(s_glue[..length], null), Throws.TypeOf<InvalidDataException>());

    [Test]
    public void A_file_with_random_tables_is_refused_or_read_but_never_more([Range(0, 39)] int seed)
    {
        // The header, the section headers at the end, and the version tables: what is read.
        var random = new Random(seed);
        var damaged = s_glue.ToArray();
        var flags = new ElfVersions(s_glue).Needs[0].FlagsOffset;
        foreach (var start in (int[])[0x28, damaged.Length - 2000, flags - 64])
        {
            for (var i = 0; i < 8; i++)
            {
                damaged[start + random.Next(start == 0x28 ? 24 : 700)] = (byte)random.Next(256);
            }
        }

        try
        {
            // Either way is right: what was damaged may not matter.
            _ = WeakVersion.Mark(damaged, null);
        }
        catch (InvalidDataException)
        {
        }
    }

    [Test]
    public void The_package_cache_is_as_the_package_was()
    {
        using var package = ZipFile.OpenRead(Directory.EnumerateFiles(Package, "*.nupkg").Single());
        using var packed = package.GetEntry(Glue)!.Open();
        var original = new byte[s_glue.Length];
        packed.ReadExactly(original);
        Assert.That(s_glue, Is.EqualTo(original));
    }

    [Test]
    public void The_builds_copy_is_the_packages_but_for_the_mark()
    {
        var copy = File.ReadAllBytes(Path.Combine(Libtorch.GlueFolder!, "libLibTorchSharp.so"));
        Assert.That(copy, Is.EqualTo(s_glue).Or.EqualTo(WeakVersion.Mark(s_glue, null)));
    }

    private static HashSet<string> Without(string version) => [.. s_all.Where(v => v != version)];

    private static List<(string Library, string Version, bool IsWeak)> Readelf(string path)
    {
        Assume.That(File.Exists("/usr/bin/readelf"), "binutils are not installed");
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/readelf", ["-V", "-W", path]) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        var (needs, library) = (new List<(string, string, bool)>(), "");
        foreach (Match match in Need().Matches(text[text.IndexOf("Version needs section", StringComparison.Ordinal)..]))
        {
            library = match.Groups["file"].Success ? match.Groups["file"].Value : library;
            if (match.Groups["name"].Success)
            {
                needs.Add((library, match.Groups["name"].Value, match.Groups["flags"].Value.Contains("WEAK", StringComparison.Ordinal)));
            }
        }

        return needs;
    }

    [GeneratedRegex(@"File: (?<file>\S+)|Name: (?<name>\S+)\s+Flags: (?<flags>[^V]*?)\s+Version")]
    private static partial Regex Need();
}

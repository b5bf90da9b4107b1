using System.Text;
using Dfx.Harness.Plugins;

namespace Dfx.Harness.Tests.Plugins;

/// <summary>What becomes of the DLLs in a folder.</summary>
public sealed class DiscoveryTests
{
    [Test]
    public void A_newer_contract_is_refused()
    {
        var newer = TestPlugins.Assembly("NewerContract");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(newer.State, Is.EqualTo(PluginState.Refused));
            Assert.That(newer.Reason, Is.EqualTo("built for contract 1.1, this host has 1.0"));
            Assert.That(TestPlugins.Catalog.Find(PluginKind.Method, "test-newer-contract"), Is.Null);
        }
    }

    /// <summary>Before TorchSharp, tensors came from an assembly Dfx.Torch.</summary>
    [Test]
    public void A_plugin_built_for_the_former_tensor_library_is_refused()
    {
        using var scratch = new ScratchFolder();
        var built = Encoding.Latin1.GetString(File.ReadAllBytes(TestPlugins.Dll("Sample")));
        File.WriteAllBytes(scratch.At("Former.dll"), Encoding.Latin1.GetBytes(built.Replace("\0TorchSharp\0", "\0Dfx.Torch\0\0", StringComparison.Ordinal)));
        var former = PluginCatalog.Discover([scratch.Path], []).Assemblies.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(former.State, Is.EqualTo(PluginState.Refused));
            Assert.That(former.Reason, Is.EqualTo("built for Dfx.Torch, this host has TorchSharp"));
        }
    }

    [TestCase("PrivateConstructor: it must have one public constructor, which takes nothing or one options record; it has 0")]
    [TestCase("TwoConstructors: it must have one public constructor, which takes nothing or one options record; it has 2")]
    [TestCase("TwoArguments: its constructor takes 2 arguments instead of nothing or one options record")]
    [TestCase("BadId: its id 'Test_Id' must be kebab-case, such as stable-target; slashes may group ids")]
    [TestCase("Untitled: its card has no title")]
    [TestCase("CardWithoutInterface: it has a [Sampler] card and does not implement ISampler")]
    [TestCase("InterfaceWithoutCard: it implements IMethod and has no [Method] card")]
    [TestCase("InternalType: a type with a [Method] card must be public, neither abstract nor generic")]
    [TestCase("AbstractType: a type with a [Method] card must be public, neither abstract nor generic")]
    [TestCase("OwnModel: IMethod<TrivialDenoiser>: the type argument must be IDenoiser, IVarianceDenoiser or ICorruptionModel")]
    [TestCase("WithoutDefaultMethod: parameter Count: it has no default")]
    [TestCase("UnsupportedMethod: parameter Rate: the type Single is not supported: bool, int, long, double, string, enums, and nullable forms of these are")]
    [TestCase("OutsideRangeMethod: parameter Count: its default must lie in 1 to 10, not 11")]
    [TestCase("RangeOfTextMethod: parameter Word: a range makes no sense for the type String")]
    [TestCase("NoRecordMethod: its constructor takes NoRecord, which is no options record")]
    [TestCase("InferenceAnalysis: parameter Count: [Inference] is for options of methods and corrections, which change how what was trained is used; remove it from this analysis")]
    [TestCase("InferenceCollecting: parameter Count: [Collects] says that it decides what is collected, and [Inference] that training does not depend on it; remove one of them")]
    [TestCase("InferenceUntrained: parameter Count: [Inference] is for options of what is trained, and this correction learns nothing; remove it")]
    [TestCase("CollectsOfMethod: parameter Count: [Collects] is for options of corrections that collect; remove it from this method")]
    [TestCase("CollectsNothing: parameter Count: [Collects] is for corrections whose card names a Collection; name one, or remove it")]
    [TestCase("NamesCollection: its card names the collection 'pairs' and it does not implement ICollectingCorrection")]
    [TestCase("NamesNone: it implements ICollectingCorrection and its card names no Collection")]
    [TestCase("UntrainedCollection: it is untrained and collects 'pairs', which nobody would use: remove Untrained or Collection")]
    [TestCase("BadCollection: its collection 'all pairs' must be kebab-case, such as pairs")]
    public void A_card_that_breaks_a_rule_is_named(string fault)
    {
        var bad = TestPlugins.Assembly("BadCards");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bad.State, Is.EqualTo(PluginState.Broken));
            Assert.That(bad.Reason!.Split(PluginAssembly.Separator), Does.Contain("Dfx.TestPlugins.BadCards." + fault));
            Assert.That(bad.Reason!.Split(PluginAssembly.Separator), Has.Length.EqualTo(24));
        }
    }

    [Test]
    public void No_code_of_a_plugin_runs()
    {
        using var scratch = new ScratchFolder();
        var trace = scratch.At("trace");
        Environment.SetEnvironmentVariable("DFX_TEST_TRACE", trace);
        try
        {
            var catalog = PluginCatalog.Discover([TestPlugins.Folder], []);
            _ = catalog.Assemblies.Select(a => a.Usable ? a.ContentHash : "").ToList();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(catalog.Find(PluginKind.Method, "test-throws-in-constructor"), Is.Not.Null);
                Assert.That(File.Exists(trace), Is.False);
            }

            // The trap itself works.
            System.Runtime.CompilerServices.RuntimeHelpers.RunModuleConstructor(
                System.Reflection.Assembly.LoadFile(TestPlugins.Dll("ThrowsInConstructor")).ManifestModule.ModuleHandle);
            Assert.That(File.Exists(trace), Is.True);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DFX_TEST_TRACE", null);
        }
    }

    [Test]
    public void Of_two_with_the_same_id_the_second_is_broken()
    {
        using var scratch = new ScratchFolder();
        var first = scratch.Copy(TestPlugins.Dll("Overspends"), "A/A.dll");
        scratch.Copy(TestPlugins.Dll("Overspends"), "B.dll");
        var catalog = PluginCatalog.Discover([scratch.Path], []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(States(catalog), Is.EqualTo(new[] { "A Ok", "B Broken" }));
            Assert.That(catalog.Assemblies[1].Reason, Is.EqualTo(
                $"sampler test-overspends is already taken by Dfx.TestPlugins.Overspends.OverspendingSampler of {first}"));
            Assert.That(catalog.Find(PluginKind.Sampler, "test-overspends")!.File.Path, Is.EqualTo(first));
        }
    }

    [Test]
    public void A_folder_is_a_plugin_a_source_folder_or_broken()
    {
        using var scratch = new ScratchFolder();
        scratch.Copy(TestPlugins.Dll("Scribbles"), "Scribbles/Scribbles.dll");
        scratch.Copy(TestPlugins.Dll("Hangs"), "Scribbles/Hangs.dll");
        scratch.Write("Sources/Sources.csproj", "");
        scratch.Copy(TestPlugins.Dll("Hangs"), "Sources/Hangs.dll");
        scratch.Write("Notes/readme.txt", "");
        scratch.Copy(TestPlugins.Dll("Hangs"), "Misnamed/Hangs.dll");
        var catalog = PluginCatalog.Discover([scratch.Path, Path.Combine(scratch.Path, "nowhere"), scratch.Path + "/"], []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(States(catalog), Is.EqualTo(new[] { "Misnamed Broken", "Scribbles Ok" }));
            Assert.That(catalog.Assemblies[0].Reason, Is.EqualTo(
                "the folder Misnamed has no Misnamed.dll, only Hangs.dll: a plugin's folder is called as its DLL"));
        }
    }

    [Test]
    public void Files_that_are_no_plugin_are_listed_with_a_reason()
    {
        using var scratch = new ScratchFolder();
        scratch.Write("Empty.dll", "");
        scratch.Write("Text.dll", "This is not a DLL, though it is long enough to hold a header of one: " + new string('x', 500));
        File.WriteAllBytes(scratch.At("Truncated.dll"), File.ReadAllBytes(TestPlugins.Dll("Sample"))[..6000]);
        scratch.Copy(Path.Combine(Path.GetDirectoryName(TestPlugins.Dll("PrivateDependency"))!, "YamlDotNet.dll"), "YamlDotNet.dll");
        scratch.Copy(Path.Combine(AppContext.BaseDirectory, "Dfx.Numerics.dll"), "Dfx.Numerics.dll");
        var catalog = PluginCatalog.Discover([scratch.Path], []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(States(catalog), Is.EqualTo(new[]
            {
                "Dfx.Numerics NotAPlugin", "Empty Broken", "Text Broken", "Truncated Broken", "YamlDotNet NotAPlugin",
            }));
            Assert.That(catalog.Assemblies.Select(a => a.Reason), Has.All.Not.Empty);
        }
    }

    [Test]
    public void Damaged_files_stop_nothing()
    {
        var whole = File.ReadAllBytes(TestPlugins.Dll("Sample"));
        var random = new Random(7);
        using var scratch = new ScratchFolder();
        for (var i = 0; i < 150; i++)
        {
            var bytes = (byte[])whole.Clone();
            for (var j = 0; j < 1 + (i % 40); j++)
            {
                bytes[random.Next(128, bytes.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(scratch.At($"Damaged{i}.dll"), bytes);
        }

        var catalog = PluginCatalog.Discover([scratch.Path], []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(catalog.Assemblies, Has.Count.EqualTo(150));
            Assert.That(catalog.Assemblies.Where(a => !a.Usable).Select(a => a.Reason), Has.All.Not.Empty);
        }
    }

    private static IEnumerable<string> States(PluginCatalog catalog) => catalog.Assemblies.Select(a => $"{a.Name} {a.State}");
}

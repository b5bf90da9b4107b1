using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Dfx.Harness.Plugins;
using Dfx.Harness.Plugins.Loading;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Plugins;

/// <summary>Plugins come to life.</summary>
public sealed class LoaderTests
{
    private static readonly Dictionary<string, string> s_none = [];

    [Test]
    public void Options_of_every_type_are_bound()
    {
        var given = new Dictionary<string, string>
        {
            ["flag"] = "false",
            ["thing-count"] = "17",
            ["big"] = "-9000000000",
            ["rate"] = "0.25",
            ["word"] = "null",
            ["flavour"] = "ve",
            ["precision"] = "float32",
            ["maybe-flag"] = "true",
            ["maybe-count"] = "3",
            ["maybe-big"] = "~",
            ["maybe-rate"] = "1e-3",
            ["maybe-word"] = "said",
            ["maybe-flavour"] = "extra-dark",
        };
        Assert.That(Options(given), Is.EqualTo(
            "Flag=False ThingCount=17 Big=-9000000000 Rate=0.25 Word=null Flavour=VE Precision=Float32 MaybeFlag=True MaybeCount=3 "
            + "MaybeBig= MaybeRate=0.001 MaybeWord=said MaybeFlavour=ExtraDark"));
    }

    [Test]
    public void Defaults_are_those_of_the_record()
    {
        const string expected = "Flag=True ThingCount=4096 Big=5000000000 Rate=0.001 Word=plain words Flavour=ExtraDark Precision=Bfloat16 "
            + "MaybeFlag= MaybeCount= MaybeBig=7 MaybeRate= MaybeWord= MaybeFlavour=";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Options(s_none), Is.EqualTo(expected), "resolved");
            Assert.That(Run(PluginKind.Analysis, "test-options", s_none), Is.EqualTo(expected), "left to the record");
        }
    }

    [Test]
    public void A_private_dependency_comes_in_its_own_version()
    {
        var host = typeof(YamlDotNet.Serialization.Serializer).Assembly.GetName().Version!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.Major, Is.EqualTo(18));
            Assert.That(Run(PluginKind.Analysis, "test-private-yaml", s_none), Does.StartWith("16.0=- 1\n- 2"));
        }
    }

    [Test]
    public void A_missing_dependency_is_named_and_never_borrowed_from_the_host() => Assert.That(
        () => Run(PluginKind.Analysis, "test-missing-yaml", s_none),
        Throws.TypeOf<PluginException>().With.Message.Contain("Plugin MissingDependency needs YamlDotNet.dll")
            .And.Message.Contain(Path.GetDirectoryName(TestPlugins.Dll("MissingDependency"))));

    [Test]
    public void What_a_constructor_throws_is_unwrapped() => Assert.That(
        () => new PluginLoader().Create(TestPlugins.Type(PluginKind.Method, "test-throws-in-constructor"), s_none),
        Throws.TypeOf<PluginException>()
            .With.Message.EqualTo("Plugin ThrowsInConstructor: the constructor of method test-throws-in-constructor threw "
                + "InvalidOperationException: there is no such thing as a free lunch")
            .And.InnerException.TypeOf<InvalidOperationException>());

    [Test]
    public void An_unknown_option_is_refused() => Assert.That(
        () => new PluginLoader().Create(
            TestPlugins.Type(PluginKind.Dataset, "test-shapes"), new Dictionary<string, string> { ["sise"] = "8" }),
        Throws.TypeOf<OptionException>().With.Message.Contain("'sise'"));

    [Test]
    public void A_plugin_has_a_context_of_its_own_and_shares_the_contract()
    {
        var loader = new PluginLoader();
        var affine = loader.Create<IMethod<IDenoiser>>(TestPlugins.Type(PluginKind.Method, "test-affine"), s_none);
        var euler = loader.Create<ISampler<IDenoiser>>(TestPlugins.Type(PluginKind.Sampler, "test-euler"), s_none);
        var other = loader.Create<ISampler<IDenoiser>>(TestPlugins.Type(PluginKind.Sampler, "test-overspends"), s_none);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Context(affine), Is.SameAs(Context(euler)));
            Assert.That(Context(affine), Is.Not.SameAs(Context(other)));
            Assert.That(Context(affine), Is.Not.SameAs(AssemblyLoadContext.Default));
        }
    }

    [Test]
    public void A_copy_of_the_contract_in_the_plugins_folder_is_not_used()
    {
        using var scratch = new ScratchFolder();
        scratch.Copy(TestPlugins.Dll("Overspends"), "X/X.dll");
        scratch.Copy(Path.Combine(AppContext.BaseDirectory, "Dfx.Sdk.dll"), "X/Dfx.Sdk.dll");
        Assert.That(Sampler(scratch), Is.InstanceOf<ISampler<IDenoiser>>());
    }

    /// <summary>McMaster alone would swallow that the host's contract is older, and load the plugin's own as a second one.</summary>
    [Test]
    public void A_library_built_for_a_newer_contract_is_refused() => Assert.That(
        () => Run(PluginKind.Analysis, "test-newer-library", s_none),
        Throws.TypeOf<PluginException>().With.Message.EqualTo(
            "Plugin NewerLibrary: its Dfx.TestPlugins.NewerLibrary.Library.dll is built for contract 1.1, this host has 1.0."));

    [Test]
    public void Whatever_version_is_asked_for_the_contract_is_the_hosts()
    {
        using var scratch = new ScratchFolder();
        scratch.Copy(TestPlugins.Dll("Overspends"), "X/X.dll");
        scratch.Copy(Path.Combine(Path.GetDirectoryName(TestPlugins.Dll("NewerLibrary"))!, "Dfx.Sdk.dll"), "X/Dfx.Sdk.dll");
        var context = Context(Sampler(scratch))!;
        Assert.That(context.LoadFromAssemblyName(new("Dfx.Sdk, Version=1.1.0.0")), Is.SameAs(typeof(IMethod<>).Assembly));
    }

    [Test]
    public void The_hosts_private_packages_are_missing_to_a_plugin_also_where_code_asks_by_name()
    {
        using var scratch = new ScratchFolder();
        scratch.Copy(TestPlugins.Dll("Overspends"), "X/X.dll");
        var context = Context(Sampler(scratch))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => context.LoadFromAssemblyName(new("YamlDotNet")), Throws.InstanceOf<IOException>());
            Assert.That(() => context.LoadFromAssemblyName(new("dfx")), Throws.InstanceOf<IOException>());
            Assert.That(context.LoadFromAssemblyName(new("System.Text.Json")).GetName().Name, Is.EqualTo("System.Text.Json"));
        }
    }

    [TestCase("X/libtorch_cpu.so")]
    [TestCase("X/runtimes/linux-x64/native/libc10.so")]
    public void A_second_libtorch_is_refused(string library)
    {
        using var scratch = new ScratchFolder();
        scratch.Copy(TestPlugins.Dll("Overspends"), "X/X.dll");
        scratch.Write(library, "never opened");
        Assert.That(
            () => Sampler(scratch),
            Throws.TypeOf<PluginException>().With.Message.EqualTo($"Plugin X brings a libtorch of its own, {scratch.At(library)}: a process can hold "
                + "only the host's. Build it with the tensor library as a reference that is not copied."));
    }

    /// <summary>The system alone looks for what a library needs everywhere but beside it.</summary>
    [TestCase("X")]
    [TestCase("X/runtimes/linux-x64/native")]
    public void A_native_library_finds_the_ones_beside_it(string folder)
    {
        using var scratch = new ScratchFolder();
        scratch.Copy(TestPlugins.Dll("Overspends"), "X/X.dll");
        var (a, b, c) = ($"libdfx{folder.Length}a.so", $"libdfx{folder.Length}b.so.1", $"libdfx{folder.Length}c.so");
        var outer = scratch.At($"{folder}/{a}");
        File.WriteAllBytes(outer, MadeLibrary.Bytes(a, "libc.so.6", b));
        File.WriteAllBytes(scratch.At($"{folder}/{b}"), MadeLibrary.Bytes(b, c));
        File.WriteAllBytes(scratch.At($"{folder}/{c}"), MadeLibrary.Bytes(c));
        var alone = NativeLibrary.TryLoad(outer, out _);
        _ = Sampler(scratch);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(alone, Is.False);
            Assert.That(NativeLibrary.TryLoad(outer, out _));
        }
    }

    [Test]
    public void Damaged_native_libraries_stop_nothing()
    {
        using var scratch = new ScratchFolder();
        scratch.Copy(TestPlugins.Dll("Overspends"), "X/X.dll");
        scratch.Write("X/libtext.so", "no library");
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var bytes = MadeLibrary.Bytes("libdamaged.so", "libtext.so");
            bytes[random.Next(6, bytes.Length)] = (byte)random.Next(256);
            bytes[random.Next(6, bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(scratch.At($"X/libdamaged{i}.so"), bytes[..(i % 4 == 0 ? random.Next(bytes.Length) : bytes.Length)]);
        }

        Assert.That(Sampler(scratch), Is.InstanceOf<ISampler<IDenoiser>>());
    }

    [Test]
    public void A_damaged_deps_json_is_named()
    {
        using var scratch = new ScratchFolder();
        scratch.Copy(TestPlugins.Dll("Overspends"), "X/X.dll");
        scratch.Write("X/X.deps.json", "{");
        Assert.That(() => Sampler(scratch), Throws.TypeOf<PluginException>().With.Message.Contain("Plugin X: its dependencies cannot be resolved"));
    }

    [Test]
    public void A_bare_DLL_finds_its_neighbours()
    {
        using var scratch = new ScratchFolder();
        scratch.Copy(TestPlugins.Dll("PrivateDependency"), "PrivateDependency.dll");
        scratch.Copy(Path.Combine(TestPlugins.Folder, "PrivateDependency", "YamlDotNet.dll"), "YamlDotNet.dll");
        var type = PluginCatalog.Discover([scratch.Path], []).Find(PluginKind.Analysis, "test-private-yaml")!;
        Assert.That(Run(type, s_none), Does.StartWith("16.0="));
    }

    [Test]
    public void The_hosts_own_types_are_made_too() => Assert.That(
        new PluginLoader().Create<ITask>(TestPlugins.Type(PluginKind.Task, "generate"), s_none), Is.TypeOf<GenerateTask>());

    [Test]
    public void Another_interface_is_refused() => Assert.That(
        () => new PluginLoader().Create<IMetric>(TestPlugins.Type(PluginKind.Task, "generate"), s_none),
        Throws.TypeOf<PluginException>().With.Message.Contain("task generate is no IMetric"));

    /// <summary>The sampler of a copy of the plugin Overspends.</summary>
    private static object Sampler(ScratchFolder scratch) => new PluginLoader().Create(
        PluginCatalog.Discover([scratch.Path], []).Find(PluginKind.Sampler, "test-overspends")!, s_none);

    private static AssemblyLoadContext? Context(object o) => AssemblyLoadContext.GetLoadContext(o.GetType().Assembly);

    private static string Options(Dictionary<string, string> given) =>
        Run(PluginKind.Analysis, "test-options", TestPlugins.Type(PluginKind.Analysis, "test-options").ResolveOptions(given));

    private static string Run(PluginKind kind, string id, IReadOnlyDictionary<string, string> options) => Run(TestPlugins.Type(kind, id), options);

    /// <summary>Runs an analysis that looks at nothing, and joins the two columns of its table.</summary>
    private static string Run(PluginType type, IReadOnlyDictionary<string, string> options) => string.Join(
        ' ', new PluginLoader().Create<IAnalysis>(type, options).Run(null!).Rows.Select(r => $"{r[0]}={r[1]}"));
}

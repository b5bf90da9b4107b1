using System.Runtime.InteropServices;
using Dfx.Elf;
using Dfx.Harness.Plugins;
using Dfx.Numerics;

namespace Dfx.Harness.Packing;

/// <summary>What a pack holds besides data: the .NET runtime, the host, TorchSharp's glue, plugins, matrices and a launcher.</summary>
internal static class PackContents
{
    private static readonly string[] s_licences = ["LICENSE.txt", "ThirdPartyNotices.txt"];
    private static readonly string[] s_symbols = [".pdb", ".xml"];

    // For debuggers and tracers, and garbage collectors that nobody chose.
    private static readonly string[] s_spareRuntime = ["createdump", "libmscordaccore.so", "libmscordbi.so", "libcoreclrtraceptprovider.so", "libclrgc.so", "libclrgcexp.so"];

    /// <exception cref="UsageException">Something that it needs is not here.</exception>
    internal static IEnumerable<PackEntry> All() => [Launcher(), .. Runtime(), .. Host(), NativeGlue(), .. Plugins(), .. Matrices()];

    /// <summary>The benchmarks as <c>./dfx bench</c> builds them, without the browser that draws pages in one of them.</summary>
    /// <param name="folder">Where the build puts them.</param>
    /// <exception cref="UsageException">They are not built.</exception>
    internal static IEnumerable<PackEntry> Benchmarks(string folder) => File.Exists(Path.Combine(folder, "Dfx.Benchmarks.dll"))
        ? PackEntry.Below(folder, "bench", path => !s_symbols.Contains(Path.GetExtension(path)) && !path.StartsWith(Path.Combine(folder, ".playwright"), StringComparison.Ordinal))
        : throw new UsageException($"--bench: {folder} holds no Dfx.Benchmarks.dll: run ./dfx pack --bench from a checkout, whose launcher builds it");

    /// <summary>Where the build puts the benchmarks.</summary>
    internal static string BenchmarksFolder => Path.Combine(PluginFolders.Root, "artifacts", "bin", "Benchmarks", "release");

    private static PackEntry Launcher() => new("dfx", null, Embedded.Bytes("dfx.sh"), Executable: true);

    /// <summary>The runtime that runs this program, laid out as its own launcher expects.</summary>
    private static IEnumerable<PackEntry> Runtime()
    {
        var shared = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        var (version, root) = (Path.GetFileName(shared), Path.GetFullPath(Path.Combine(shared, "../../..")));
        var resolver = Path.Combine(root, "host", "fxr", version);
        if (!File.Exists(Path.Combine(root, "dotnet")) || !Directory.Exists(resolver))
        {
            throw new UsageException($"{root} has no 'dotnet' with host/fxr/{version}: run ./dfx pack with the .NET SDK's own runtime");
        }

        return
        [
            new("dotnet/dotnet", Path.Combine(root, "dotnet"), Executable: true),
            .. PackEntry.Below(resolver, $"dotnet/host/fxr/{version}"),
            .. PackEntry.Below(shared, $"dotnet/shared/Microsoft.NETCore.App/{version}", path => !s_spareRuntime.Contains(Path.GetFileName(path))),
            .. s_licences.Where(name => File.Exists(Path.Combine(root, name)))
                .Select(name => new PackEntry($"dotnet/{name}", Path.Combine(root, name))),
        ];
    }

    private static IEnumerable<PackEntry> Host() =>
        PackEntry.Below(AppContext.BaseDirectory, "host", path => !s_symbols.Contains(Path.GetExtension(path)));

    /// <summary>Marked for a system that is not known yet: see <see cref="WeakVersion"/>.</summary>
    private static PackEntry NativeGlue()
    {
        var path = Libtorch.GluePath ?? throw new UsageException("TorchSharp's native library is not with this build: run ./dfx doctor to build again");
        var bytes = File.ReadAllBytes(path);
        return new($"libtorch/{Path.GetFileName(path)}", null, WeakVersion.Mark(bytes, null) ?? bytes);
    }

    private static IEnumerable<PackEntry> Plugins() =>
        from assembly in PluginCatalog.Discover().Assemblies
        where assembly.State == PluginState.Ok
        from entry in assembly.File.OwnsFolder
            ? PackEntry.Below(assembly.File.Folder, $"plugins/{assembly.Name}")
            : PluginContent.Files(assembly.File).Select(file => new PackEntry($"plugins/{file.Name}", file.Path))
        select entry;

    private static IEnumerable<PackEntry> Matrices() =>
        PackEntry.Below(Path.Combine(PluginFolders.Root, "matrices"), "matrices", path => Path.GetExtension(path) is ".yaml" or ".yml");
}

using Dfx.Harness.Plugins.Metadata;

namespace Dfx.Harness.Plugins;

/// <summary>
/// The assemblies that plugins share with the host, by simple name: the contract, the building blocks, the tensor library, and whatever of
/// the host's folder these reference. A plugin's own copy of one is never loaded. All else of the host's is its private matter.
/// </summary>
internal sealed class SharedSet
{
    private readonly Dictionary<string, Version> _versions = new(StringComparer.OrdinalIgnoreCase);

    private SharedSet(string folder)
    {
        using var files = new MetadataFiles();
        foreach (var name in files.Closure(folder, [Contract, .. s_blocks, TensorLibrary], _ => true))
        {
            _versions[name] = files.Open(Path.Combine(folder, name + ".dll"))!.Version;
        }
    }

    /// <summary>The assembly of the contract.</summary>
    internal const string Contract = "Dfx.Sdk";

    private static readonly string[] s_blocks = ["Dfx.Numerics", "Dfx.Diffusion"];

    /// <summary>The assembly of tensors.</summary>
    internal const string TensorLibrary = "TorchSharp";

    // What plugins were built for before this host's tensor library.
    private const string FormerTensorLibrary = "Dfx.Torch";

    /// <summary>Of this host.</summary>
    internal static SharedSet Host { get; } = new(AppContext.BaseDirectory);

    /// <summary>Names that are always shared, also where this host lacks the assembly.</summary>
    internal static bool IsReserved(string name) => name is Contract or TensorLibrary or FormerTensorLibrary || s_blocks.Contains(name);

    /// <summary>What this host has in the place of a reserved assembly that it lacks; null if nothing.</summary>
    internal static string? Successor(string name) => name == FormerTensorLibrary ? TensorLibrary : null;

    /// <summary>Whether an assembly comes from the host.</summary>
    internal bool Contains(string name) => _versions.ContainsKey(name);

    /// <summary>The host's version of a shared assembly, or null if it has none.</summary>
    internal Version? Version(string name) => _versions.GetValueOrDefault(name);
}

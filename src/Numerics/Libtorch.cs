using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dfx.Numerics;

/// <summary>Where libtorch and TorchSharp's native glue are, and loading them.</summary>
/// <remarks>
/// The build puts both into one folder, <c>artifacts/libtorch</c>, for all programs. <c>DFX_LIBTORCH</c> names the folder of another libtorch,
/// such as <c>torch/lib</c> of an installed PyTorch 2.10 or later, for the CPU or CUDA; then only the glue comes from ours.
/// </remarks>
public static partial class Libtorch
{
    /// <summary>The environment variable that names the folder of an installed libtorch.</summary>
    public const string Variable = "DFX_LIBTORCH";

    /// <summary>TorchSharp and its version.</summary>
    public static string Binding => $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>The version that TorchSharp was built for; later ones define what it needs too.</summary>
    public static readonly Version Built = new(2, 10, 0);

    private const string Glue = "libLibTorchSharp.so";
    private const string Core = "libtorch.so";
    private const string Remedy = $"set {Variable} to the folder torch/lib of an installed PyTorch 2.10 or later, or unset it.";
    private const int BindLazily = 1; // RTLD_LAZY
    private const int BindNow = 2; // RTLD_NOW

    /// <summary>
    /// The folder of TorchSharp's native glue: <c>libtorch</c> beside this program or beside a folder above it, else (of a plugin's test) in the checkout that
    /// <c>DFX_ROOT</c> names; null if there is none.
    /// </summary>
    public static string? GlueFolder { get; } = FindGlue(AppContext.BaseDirectory)
        ?? (Environment.GetEnvironmentVariable("DFX_ROOT") is { Length: > 0 } root ? FindGlue(Path.Combine(root, "artifacts")) : null);

    /// <summary>The file of the glue; null if there is none.</summary>
    public static string? GluePath => GlueFolder is { } folder ? Path.Combine(folder, Glue) : null;

    /// <summary>The folder that libtorch is loaded from: that of <see cref="Variable"/> or our own.</summary>
    /// <exception cref="DllNotFoundException">It holds no libtorch; the message says what to do.</exception>
    public static string Folder()
    {
        var chosen = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(chosen))
        {
            return GlueFolder is { } own && File.Exists(Path.Combine(own, Core))
                ? own
                : throw new DllNotFoundException($"There is no {Core} with this build: run ./dfx doctor to build again, or set {Variable} to the folder torch/lib of an installed PyTorch.");
        }

        return new[] { chosen, Path.Combine(chosen, "lib") }.FirstOrDefault(f => File.Exists(Path.Combine(f, Core)))
            ?? throw new DllNotFoundException($"{Variable}={chosen} holds no {Core}: {Remedy}");
    }

    /// <summary>The version of the libtorch in this process; null if it does not say, as no libtorch before 2.9 does.</summary>
    public static unsafe Version? Version()
    {
        if (!NativeLibrary.TryLoad(Path.Combine(Folder(), Core), out var core) || !NativeLibrary.TryGetExport(core, "aoti_torch_abi_version", out var call))
        {
            return null;
        }

        // Major, minor and patch in the three upper bytes: torch/headeronly/version.h, TORCH_ABI_VERSION.
        var packed = ((delegate* unmanaged<ulong>)call)();
        return new((int)(packed >> 56), (int)(packed >> 48 & 0xff), (int)(packed >> 40 & 0xff));
    }

    /// <summary>Loads libtorch and the glue if this process has not yet. Operations on tensors do it by themselves; here the error is one line.</summary>
    /// <exception cref="DllNotFoundException">A library is missing or does not fit this system.</exception>
    public static void Load()
    {
        var folder = Folder();
        if (Open(Path.Combine(folder, Core), BindLazily) is { } broken)
        {
            throw new DllNotFoundException($"libtorch in {folder} cannot be loaded: {broken}. {Remedy}");
        }

        var version = Version();
        if (version is null || version < Built)
        {
            throw new DllNotFoundException($"libtorch in {folder} is {version?.ToString() ?? "older than 2.9"}; TorchSharp needs {Built} or later: {Remedy}");
        }

        // The glue asks for libtorch by name: what is loaded already is what it gets, wherever it came from. Bound at once, since a symbol that is
        // missing would otherwise end the process at its first use.
        if (Open(GluePath ?? Path.Combine(folder, Glue), BindNow) is { } unfit)
        {
            throw new DllNotFoundException($"TorchSharp does not fit libtorch {version} in {folder}, or not this system: {unfit}. {Remedy}");
        }
    }

    // TorchSharp looks for its glue by name only, when its first type is used; what is loaded by then is what it finds.
#pragma warning disable CA2255 // The libraries have to be there before the first operation, whichever program it is in.
    [ModuleInitializer]
    internal static void Register()
    {
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => LoadFor(loaded.LoadedAssembly);
        Array.ForEach(AppDomain.CurrentDomain.GetAssemblies(), LoadFor);
    }
#pragma warning restore CA2255

    private static void LoadFor(Assembly assembly)
    {
        if (assembly.GetName().Name != "TorchSharp")
        {
            return;
        }

        try
        {
            Load();
        }
        catch (DllNotFoundException)
        {
            // Who needs tensors calls Load first, or meets TorchSharp's own error.
        }
    }

    /// <summary>Loads a library for good; what is wrong with it, or null.</summary>
    private static string? Open(string path, int mode)
    {
        // Finding the call for errors must not come between an error and the call.
        _ = LastError();
        return OpenLibrary(path, mode) == 0 ? Marshal.PtrToStringUTF8(LastError())?.ReplaceLineEndings(" ") ?? path : null;
    }

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenLibrary(string path, int mode);

    [LibraryImport("libc", EntryPoint = "dlerror")]
    private static partial nint LastError();

    private static string? FindGlue(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "libtorch");
            if (File.Exists(Path.Combine(candidate, Glue)))
            {
                return candidate;
            }
        }

        return null;
    }
}

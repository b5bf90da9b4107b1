using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dfx.Numerics;

/// <summary>Where libtorch and TorchSharp's native glue are, and loading them.</summary>
/// <remarks>
/// The build puts both into one folder, <c>artifacts/libtorch</c>, for all programs. <c>DFX_LIBTORCH</c> names the folder of another libtorch,
/// such as <c>torch/lib</c> of an installed PyTorch 2.10 or later, for the CPU or CUDA; then only the glue comes from ours.
/// </remarks>
public static class Libtorch
{
    /// <summary>The environment variable that names the folder of an installed libtorch.</summary>
    public const string Variable = "DFX_LIBTORCH";

    private const string Glue = "libLibTorchSharp.so";
    private const string Core = "libtorch.so";

    /// <summary>The folder of TorchSharp's native glue: <c>libtorch</c> beside this program or beside a folder above it; null if there is none.</summary>
    public static string? GlueFolder { get; } = FindGlue(AppContext.BaseDirectory);

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
            ?? throw new DllNotFoundException($"{Variable}={chosen} holds no {Core}: set it to the folder torch/lib of an installed PyTorch, or unset it.");
    }

    /// <summary>Loads libtorch and the glue if this process has not yet. Operations on tensors do it by themselves; here the error is one line.</summary>
    /// <exception cref="DllNotFoundException">A library is missing or does not fit this system.</exception>
    public static void Load() => LoadGlue();

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
            LoadGlue();
        }
        catch (DllNotFoundException)
        {
            // Who needs tensors calls Load first, or meets TorchSharp's own error.
        }
    }

    // The glue asks for libtorch by name: what is loaded already is what it gets, wherever it came from.
    private static void LoadGlue()
    {
        var folder = Folder();
        try
        {
            NativeLibrary.Load(Path.Combine(folder, Core));
            NativeLibrary.Load(Path.Combine(GlueFolder ?? folder, Glue));
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException($"libtorch in {folder} cannot be loaded: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

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

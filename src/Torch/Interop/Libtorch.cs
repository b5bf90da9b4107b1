using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Dfx.Torch.Interop;

/// <summary>Finds and loads the native shim, once, when the first native call is made.</summary>
internal static partial class Libtorch
{
    internal const string Name = "dfx_torch";
    private const string FileName = "libdfx_torch.so";
    private const string Rebuild = "run ./dfx doctor, which rebuilds it";

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "A resolver must be in place before the first native call of the assembly.")]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(Libtorch).Assembly, Resolve);

    // The runtime asks once for each imported function. Whoever moves the file during a night's run must not end the run.
    private static readonly Lazy<nint> s_library = new(() => Load(typeof(Libtorch).Assembly));

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Name ? s_library.Value : 0;

    private static nint Load(Assembly assembly)
    {
        var file = Path.Combine(Path.GetDirectoryName(assembly.Location) is { Length: > 0 } beside ? beside : AppContext.BaseDirectory, FileName);
        if (!File.Exists(file))
        {
            throw new LibtorchException($"{file} is missing: {Rebuild}.");
        }

        if (!ElfFile.IsWhole(file))
        {
            throw new LibtorchException($"{file} is no shared library, or only the beginning of one: {Rebuild}.");
        }

        var library = Open(file);
        Verify(library, file);
        Marshal.GetDelegateForFunctionPointer<Action>(NativeLibrary.GetExport(library, "dfx_initialize"))();
        return library;
    }

    private static nint Open(string file)
    {
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (DllNotFoundException e) when (Lacks(e.Message, "libtorch") || Lacks(e.Message, "libc10"))
        {
            throw new LibtorchException(
                "libtorch cannot be loaded: install Debian's libtorch-dev (./dfx doctor does) or set DFX_LIBTORCH to an unpacked libtorch and "
                + $"run ./dfx doctor. The loader said: {FirstLine(e.Message)}", e);
        }
        catch (DllNotFoundException e)
        {
            throw new LibtorchException($"{file} cannot be loaded: {Rebuild}. The loader said: {FirstLine(e.Message)}", e);
        }
    }

    private static unsafe void Verify(nint library, string file)
    {
        var built = Text(library, "dfx_source_hash");
        if (built != SourceHash)
        {
            throw new LibtorchException($"{file} was built from other sources than this assembly ({built} instead of {SourceHash}): {Rebuild}.");
        }

        var compiled = Text(library, "dfx_compiled_version");
        var config = Text(library, "dfx_config");
        var running = VersionIn(config);
        if (running is not null && MajorMinor(running) != MajorMinor(compiled))
        {
            throw new LibtorchException($"{file} was built against libtorch {compiled}, but libtorch {running} was loaded: {Rebuild}.");
        }
    }

    private static unsafe string Text(nint library, string export)
    {
        // A library without the export says nothing, so it is refused as one of other sources.
        return NativeLibrary.TryGetExport(library, export, out var address)
            ? Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)address)()) ?? ""
            : "";
    }

    /// <summary>The version that libtorch's own description names, or null when it names none.</summary>
    internal static string? VersionIn(string config)
    {
        const string Key = "TORCH_VERSION=";
        var start = config.IndexOf(Key, StringComparison.Ordinal);
        return start < 0 ? null : config[(start + Key.Length)..].Split(',', ' ', '\n')[0];
    }

    // The loader gives a line to the library that it did not find; the path of the shim may hold that name as well.
    private static bool Lacks(string message, string library) =>
        message.Split('\n').Any(line => line.StartsWith(library, StringComparison.Ordinal));

    private static string MajorMinor(string version) => string.Join('.', version.Split('.').Take(2));

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();
}

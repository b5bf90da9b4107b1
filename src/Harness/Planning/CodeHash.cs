using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using Dfx.Numerics;

namespace Dfx.Harness.Planning;

/// <summary>
/// The hash of what results depend on besides plugins and data: our libraries and TorchSharp by their bytes, native ones by name and size, and the
/// kind of processor and graphics card, since kernels differ in the last bits.
/// </summary>
internal static class CodeHash
{
    private const string Driver = "/proc/driver/nvidia/gpus";

    private static readonly string[] s_managed = ["Dfx.Sdk.dll", "Dfx.Numerics.dll", "Dfx.Diffusion.dll", "Dfx.Data.dll", "TorchSharp.dll"];

    private static readonly string[] s_native = ["libLibTorchSharp.so", "libc10.so", "libtorch_cpu.so", "libtorch_cuda.so"];

    /// <param name="folder">Where the host's libraries are.</param>
    /// <exception cref="DllNotFoundException">There is no libtorch.</exception>
    internal static string Of(string folder) => Of(folder, [Libtorch.Folder(), Libtorch.GlueFolder ?? folder]);

    /// <param name="folder">Where the host's libraries are.</param>
    /// <param name="native">Where libtorch and TorchSharp's glue are; the first that has a file counts.</param>
    internal static string Of(string folder, IReadOnlyList<string> native)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in s_managed)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, name))));
        }

        foreach (var fact in s_native.Select(name => NameAndSize(native, name)).Concat([Processor(), GraphicsCards()]))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(fact + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Where a library is does not count: another checkout has the same results. Nor do the bytes of the glue, in which the build marks what an
    // older system lacks: TorchSharp's own tell its versions apart.
    private static string NameAndSize(IReadOnlyList<string> folders, string name)
    {
        var library = folders.Select(folder => new FileInfo(Path.Combine(folder, name))).FirstOrDefault(file => file.Exists);
        var real = library?.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? library;
        return real is null ? $"no {name}" : $"{name} {real.Length}";
    }

    /// <summary>The widest vectors, by which libraries choose their kernels.</summary>
    private static string Processor() =>
        $"{RuntimeInformation.ProcessArchitecture} {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)}";

    private static string GraphicsCards() => Directory.Exists(Driver)
        ? string.Join(';', Directory.EnumerateFiles(Driver, "information", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => File.ReadLines(path).FirstOrDefault() ?? ""))
        : "";
}

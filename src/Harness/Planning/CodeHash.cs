using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;

namespace Dfx.Harness.Planning;

/// <summary>
/// The hash of what results depend on besides plugins and data: our libraries by their bytes, libtorch and BLAS by name and size, and the kind
/// of processor and graphics card, since kernels differ in the last bits.
/// </summary>
internal static class CodeHash
{
    private static readonly string[] Ours =
        ["Dfx.Sdk", "Dfx.Numerics", "Dfx.Diffusion", "Dfx.Data", "Dfx.Torch", "libdfx_torch", "TorchSharp"];

    private const string Driver = "/proc/driver/nvidia/gpus";

    private static readonly string[] s_system = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"];

    internal static string Of(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Ours.SelectMany(name => (string[])[name + ".dll", name + ".so"]).Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
        }

        foreach (var fact in (string[])[Libtorch("libtorch_cpu.so"), Libtorch("libtorch_cuda.so"), Blas(), Processor(), GraphicsCards()])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(fact + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Libtorch(string name)
    {
        var chosen = Environment.GetEnvironmentVariable("DFX_LIBTORCH");
        return NameAndSize(string.IsNullOrEmpty(chosen) ? s_system : [Path.Combine(chosen, "lib")], name);
    }

    private static string Blas() => NameAndSize(s_system, "libblas.so.3");

    private static string NameAndSize(IEnumerable<string> folders, string name)
    {
        var library = folders.Select(folder => new FileInfo(Path.Combine(folder, name))).FirstOrDefault(file => file.Exists);
        var real = library?.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? library;
        return real is null ? $"no {name}" : $"{real.FullName} {real.Length}";
    }

    /// <summary>The widest vectors, by which libraries choose their kernels.</summary>
    private static string Processor() =>
        $"{RuntimeInformation.ProcessArchitecture} {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)}";

    private static string GraphicsCards() => Directory.Exists(Driver)
        ? string.Join(';', Directory.EnumerateFiles(Driver, "information", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => File.ReadLines(path).FirstOrDefault() ?? ""))
        : "";
}

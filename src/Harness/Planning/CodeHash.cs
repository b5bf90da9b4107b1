using System.Security.Cryptography;
using System.Text;

namespace Dfx.Harness.Planning;

/// <summary>The hash of the libraries that results depend on: ours by their bytes, libtorch by its version and size.</summary>
internal static class CodeHash
{
    private static readonly string[] Ours =
        ["Dfx.Sdk", "Dfx.Numerics", "Dfx.Diffusion", "Dfx.Data", "Dfx.Torch", "libdfx_torch", "TorchSharp"];

    internal static string Of(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Ours.SelectMany(name => (string[])[name + ".dll", name + ".so"]).Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
        }

        hash.AppendData(Encoding.UTF8.GetBytes(Libtorch()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Libtorch()
    {
        var chosen = Environment.GetEnvironmentVariable("DFX_LIBTORCH");
        string[] folders = string.IsNullOrEmpty(chosen) ? ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"] : [Path.Combine(chosen, "lib")];
        var library = folders.Select(folder => new FileInfo(Path.Combine(folder, "libtorch_cpu.so"))).FirstOrDefault(file => file.Exists);
        var real = library?.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? library;
        return real is null ? "no libtorch" : $"{real.Name} {real.Length}";
    }
}

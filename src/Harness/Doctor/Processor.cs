using System.Runtime.Intrinsics.X86;

namespace Dfx.Harness.Doctor;

/// <summary>The processor's name, cores and the vector units that decide the speed of training.</summary>
internal static class Processor
{
    private const string Information = "/proc/cpuinfo";

    /// <summary>Whether the processor multiplies matrices in bfloat16 by itself.</summary>
    internal static bool HasBfloat16 => HasFlag("avx512_bf16") || HasFlag("amx_bf16");

    internal static string Describe()
    {
        var units = new[] { (Avx2.IsSupported, "AVX2"), (Avx512F.IsSupported, "AVX-512"), (HasFlag("avx512_bf16"), "AVX-512 BF16"), (HasFlag("amx_bf16"), "AMX BF16") };
        var named = units.Where(u => u.Item1).Select(u => u.Item2);
        return $"{Model()}, {Environment.ProcessorCount} core(s), {string.Join(", ", named.DefaultIfEmpty("no vector unit that counts"))}";
    }

    private static string Model() => Line("model name")?.Split(':')[^1].Trim() ?? "processor of unknown name";

    private static bool HasFlag(string flag) => Line("flags")?.Split(' ').Contains(flag) ?? false;

    private static string? Line(string key) => File.Exists(Information)
        ? File.ReadLines(Information).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))
        : null;
}

using System.Runtime.Intrinsics.X86;

namespace Dfx.Harness.Doctor;

/// <summary>The processor's name, cores and the vector units that decide the speed of training.</summary>
internal static class Processor
{
    private const string Information = "/proc/cpuinfo";

    /// <summary>
    /// Whether training in bfloat16 is faster here than in float32: on processors with AMX, and on AMD's with AVX-512 BF16. Intel's with AVX-512 BF16
    /// alone take 1.25 times as long (measured: 0.2 to 0.5 of float32's time with AMX, 0.5 on an AMD EPYC).
    /// </summary>
    internal static bool PrefersBfloat16 => File.Exists(Information) && Prefers(File.ReadLines(Information));

    /// <inheritdoc cref="PrefersBfloat16"/>
    /// <param name="information">The lines of /proc/cpuinfo.</param>
    internal static bool Prefers(IEnumerable<string> information)
    {
        var lines = information.ToList();
        var flags = Value(lines, "flags")?.Split(' ') ?? [];
        return flags.Contains("amx_bf16") || (flags.Contains("avx512_bf16") && Value(lines, "vendor_id") == "AuthenticAMD");
    }

    internal static string Describe()
    {
        var units = new[] { (Avx2.IsSupported, "AVX2"), (Avx512F.IsSupported, "AVX-512"), (HasFlag("avx512_bf16"), "AVX-512 BF16"), (HasFlag("amx_bf16"), "AMX BF16") };
        var named = units.Where(u => u.Item1).Select(u => u.Item2);
        return $"{Model()}, {Environment.ProcessorCount} core(s), {string.Join(", ", named.DefaultIfEmpty("no vector unit that counts"))}";
    }

    private static string Model() => Line("model name")?.Split(':')[^1].Trim() ?? "processor of unknown name";

    private static bool HasFlag(string flag) => Line("flags")?.Split(' ').Contains(flag) ?? false;

    private static string? Value(IEnumerable<string> lines, string key) =>
        lines.FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim();

    private static string? Line(string key) => File.Exists(Information)
        ? File.ReadLines(Information).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))
        : null;
}

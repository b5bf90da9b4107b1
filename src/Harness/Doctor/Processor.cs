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
    internal static bool PrefersBfloat16 => Prefers(Lines());

    /// <inheritdoc cref="PrefersBfloat16"/>
    /// <param name="information">The lines of /proc/cpuinfo.</param>
    internal static bool Prefers(IReadOnlyList<string> information)
    {
        var flags = Flags(information);
        return flags.Contains("amx_bf16") || (flags.Contains("avx512_bf16") && Value(information, "vendor_id") == "AuthenticAMD");
    }

    internal static string Describe()
    {
        var lines = Lines();
        var flags = Flags(lines);
        var units = new[] { (Avx2.IsSupported, "AVX2"), (Avx512F.IsSupported, "AVX-512"), (flags.Contains("avx512_bf16"), "AVX-512 BF16"), (flags.Contains("amx_bf16"), "AMX BF16") };
        var named = units.Where(u => u.Item1).Select(u => u.Item2);
        return $"{Value(lines, "model name") ?? "processor of unknown name"}, {Environment.ProcessorCount} core(s), {string.Join(", ", named.DefaultIfEmpty("no vector unit that counts"))}";
    }

    private static string[] Lines() => File.Exists(Information) ? File.ReadAllLines(Information) : [];

    private static string[] Flags(IReadOnlyList<string> lines) => Value(lines, "flags")?.Split(' ') ?? [];

    private static string? Value(IReadOnlyList<string> lines, string key) =>
        lines.FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim();
}

using System.Diagnostics;

namespace Dfx.Harness.Doctor;

/// <summary>Which BLAS matrix products run on. Debian's reference BLAS is some thirty times slower than OpenBLAS.</summary>
internal static class Blas
{
    private const int Size = 512;

    // The reference BLAS reaches about 5 GFLOP/s on one core; any tuned one a multiple of it.
    private const double Slow = 12e9;

    internal static Finding Examine()
    {
        var speed = Speed();
        var path = Loaded();
        var text = $"{path ?? "built into libtorch"}, {speed / 1e9:F0} GFLOP/s in a product of {Size}² matrices";
        return path is not null && !path.Contains("openblas", StringComparison.Ordinal) && !path.Contains("mkl", StringComparison.Ordinal) && speed < Slow
            ? new(State.Warning, "BLAS", text + ": that is the slow reference implementation", "apt-get install libopenblas0-pthread")
            : new(State.Ok, "BLAS", text);
    }

    private static double Speed()
    {
        using var scope = torch.NewDisposeScope();
        var a = torch.ones(Size, Size);
        torch.matmul(a, a);
        var watch = Stopwatch.StartNew();
        torch.matmul(a, a);
        return 2.0 * Size * Size * Size / watch.Elapsed.TotalSeconds;
    }

    // The loader knows which of Debian's alternatives was taken.
    private static string? Loaded() => File.ReadLines("/proc/self/maps")
        .Select(l => l.Split(' ')[^1])
        .FirstOrDefault(p => Path.GetFileName(p) is var f && (f.Contains("openblas", StringComparison.Ordinal) || f.StartsWith("libblas", StringComparison.Ordinal) || f.StartsWith("libmkl_core", StringComparison.Ordinal)));
}

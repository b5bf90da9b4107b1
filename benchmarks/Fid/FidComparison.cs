using System.Globalization;
using Dfx.Benchmarks.UNet;
using Dfx.Metrics.Distances;
using Dfx.Numerics.Files;

namespace Dfx.Benchmarks.Fid;

/// <summary>The Fréchet distance of two sets of 10 000 features beside NumPy and SciPy, in one run: calls in turn.</summary>
/// <remarks>With one thread the times are processor times, which other work on the machine disturbs less; with more they are wall times.</remarks>
internal static class FidComparison
{
    private const int Count = 10_000;
    private const int Dimension = 2048;
    private const int Rounds = 3;

    /// <param name="threads">Threads of either side.</param>
    internal static void Run(int threads)
    {
        torch.set_num_threads(threads);
        using var scope = torch.NewDisposeScope();
        var (x, y) = (Features(1, 0), Features(2, 0.1));
        using var theirs = Start(threads, x, y);
        if (theirs is null)
        {
            Console.WriteLine("SciPy is not installed (python3-scipy): nothing to compare with.");
            return;
        }

        var check = theirs.Check;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Count} x {Dimension} features twice, {threads} thread(s), NumPy {check.GetProperty("numpy")}, SciPy {check.GetProperty("scipy")}"));
        Compare("trace", () => Trace(x, y), theirs);
        Compare("whole", () => Timed(() => Distance(x, y)), theirs);
    }

    private static void Compare(string what, Func<(double Seconds, double Value)> ours, EagerPython theirs)
    {
        var (mine, others) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var (seconds, value) = ours();
            var answer = theirs.Measure(what, 1);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-8} ours {seconds:F2} s, SciPy {answer[0]:F2} s; values {value:R} and {answer[1]:R}"));
            mine.Add(seconds);
            others.Add(answer[0]);
        }

        Console.WriteLine(Comparison.Line(what, "SciPy", others, "ours", mine));
    }

    private static double Distance(torch.Tensor x, torch.Tensor y)
    {
        using var first = FeatureStatistics.Of(x);
        using var second = FeatureStatistics.Of(y);
        using var reference = new GaussianReference(first.Mean, first.Covariance);
        return FrechetDistance.Of(reference, second);
    }

    // From covariances to the trace, with nothing cached.
    private static (double Seconds, double Value) Trace(torch.Tensor x, torch.Tensor y)
    {
        using var first = FeatureStatistics.Of(x);
        using var second = FeatureStatistics.Of(y);
        return Timed(() =>
        {
            using var reference = new GaussianReference(first.Mean, first.Covariance);
            return FrechetDistance.TraceOfRoot(reference, second.Covariance);
        });
    }

    private static (double Seconds, double Value) Timed(Func<double> work)
    {
        var start = Comparison.Clock();
        var value = work();
        return (Comparison.Clock() - start, value);
    }

    // Like an image network's: positive, correlated, with variances over four decades.
    private static torch.Tensor Features(long seed, double shift)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator((ulong)seed);
        using var common = new torch.Generator(7);
        var mixing = torch.randn([Dimension, Dimension], generator: common) * torch.logspace(0, -2, Dimension).unsqueeze(1);
        var rows = torch.randn([Count, Dimension], generator: generator) + shift;
        return torch.nn.functional.relu(rows.mm(mixing) * 0.05).MoveToOuterDisposeScope();
    }

    private static EagerPython? Start(int threads, torch.Tensor x, torch.Tensor y)
    {
        // OpenBLAS reads this when the process begins.
        Environment.SetEnvironmentVariable("OPENBLAS_NUM_THREADS", threads.ToString(CultureInfo.InvariantCulture));
        var folder = Directory.CreateTempSubdirectory("dfx-fid-");
        try
        {
            var (first, second) = (Path.Combine(folder.FullName, "x.npy"), Path.Combine(folder.FullName, "y.npy"));
            Npy.Save(first, x);
            Npy.Save(second, y);
            return EagerPython.Start(Path.Combine("Fid", "scipy_fid.py"), first, second, threads.ToString(CultureInfo.InvariantCulture));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

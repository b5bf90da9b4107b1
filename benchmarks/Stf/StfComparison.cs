using System.Globalization;
using Dfx.Benchmarks.UNet;
using Dfx.Numerics;
using Dfx.Numerics.Files;

namespace Dfx.Benchmarks.Stf;

/// <summary>Our target beside the paper's equations in eager PyTorch, in one run, and what it adds to a training step.</summary>
/// <remarks>With one thread the times are processor times, which other work on the machine disturbs less; with more they are wall times.</remarks>
internal static class StfComparison
{
    /// <summary>Rows that the other side takes at once: all 128 would need three tensors of 6.4 GB.</summary>
    private const int RowsAtOnce = 8;
    private const int Rounds = 3;
    private const int Calls = 5;

    internal static void Run(int threads)
    {
        torch.set_num_threads(threads);
        using var problem = new StfProblem();
        Target(problem, threads);
        StfOverhead.Print();
    }

    private static void Target(StfProblem problem, int threads)
    {
        problem.Target().Dispose();
        var memory = Memory(problem);
        using var theirs = Start(problem, threads);
        if (theirs is null)
        {
            Console.WriteLine("Eager PyTorch is not installed (python3-torch): nothing to compare with.");
            return;
        }

        var (ours, other) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            ours.AddRange(Comparison.Measure(() => problem.Target().Dispose(), Calls));
            other.AddRange(theirs.Measure("target", 1));
        }

        Print($"PyTorch {theirs.Version}, {threads} thread(s), target for B = 128, n = 4096, d = 3072, theirs {RowsAtOnce} rows at once; outputs differ by at most {theirs.Error:E1}");
        Print($"memory   ours {memory / 1e6:F0} MB, eager PyTorch {theirs.Measure("memory", 1)[0] / 1e6:F0} MB (growth of the process in one call)");
        Console.WriteLine(Comparison.Line("target", "eager PyTorch", other, "ours", ours));
    }

    // The pool's idle blocks of the call before are given back first.
    private static long Memory(StfProblem problem)
    {
        DeviceMemory.EmptyCache(torch.CPU);
        DeviceMemory.ResetPeak(torch.CPU);
        var before = DeviceMemory.InUse(torch.CPU)!.Value;
        problem.Target().Dispose();
        return DeviceMemory.Peak(torch.CPU)!.Value - before;
    }

    private static EagerPython? Start(StfProblem problem, int threads)
    {
        var file = Path.Combine(Path.GetTempPath(), $"dfx-stf-{Environment.ProcessId}.safetensors");
        using var target = problem.Target();
        Safetensors.Save(file, new Dictionary<string, torch.Tensor>
        {
            ["x"] = problem.X.flatten(1),
            ["sigma"] = problem.Sigma,
            ["references"] = problem.Images.flatten(1),
            ["target"] = target.flatten(1),
        });
        var process = EagerPython.Start(Path.Combine("Stf", "eager_stf.py"), Text(threads), file, Text(RowsAtOnce));
        File.Delete(file);
        return process;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

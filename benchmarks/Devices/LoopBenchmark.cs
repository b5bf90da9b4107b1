using System.Diagnostics;
using System.Globalization;
using Dfx.Numerics;

namespace Dfx.Benchmarks.Devices;

/// <summary>
/// The harness's own training loop and cell beside NVlabs/edm's network in eager PyTorch, in one run: a small and a large network on 3×32×32 images, in
/// float32, TF32 and bfloat16, blocks of steps in turn.
/// </summary>
internal static class LoopBenchmark
{
    internal const string Usage = "./dfx bench loop cpu|cuda CHECKOUT [--quick], where CHECKOUT is a checkout of https://github.com/NVlabs/edm";

    // What a GPU's allocator once took it keeps: the precision that needs least goes first.
    private static readonly Precision[] s_precisions = [Precision.Bfloat16, Precision.Tf32, Precision.Float32];

    /// <summary>Measures and prints; the exit code.</summary>
    internal static int Run(IReadOnlyList<string> arguments)
    {
        var quick = arguments.Contains("--quick");
        if (arguments.Where(a => a != "--quick").ToList() is not [("cpu" or "cuda") and var name, var checkout])
        {
            return Refuse($"Usage: {Usage}");
        }

        if (!File.Exists(Path.Combine(checkout, "training", "networks.py")))
        {
            return Refuse($"{checkout} is no checkout of https://github.com/NVlabs/edm: it has no training/networks.py. Usage: {Usage}");
        }

        Libtorch.Load();
        if (name == "cuda" && !torch.cuda.is_available())
        {
            return Refuse($"libtorch {Libtorch.Version()} in {Libtorch.Folder()} finds no CUDA device: set {Libtorch.Variable} to the folder torch/lib of a PyTorch with CUDA");
        }

        return All(torch.device(name), Path.GetFullPath(checkout), quick);
    }

    private static int All(torch.Device device, string checkout, bool quick)
    {
        var clock = Stopwatch.StartNew();
        var memory = new LoopMemory(device);
        foreach (var loop in LoopCase.All(quick))
        {
            using var folder = new MadeTemporary();
            using var other = OfficialLoop.Start(loop, device, checkout, folder.Path);
            if (other is null)
            {
                return Refuse("Eager PyTorch did not start: set DFX_PYTHON to a python3 whose PyTorch knows the device.");
            }

            Case(new(loop, device, other, memory, folder.Path, quick));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:F0} s in all"));
        return 0;
    }

    private static void Case(LoopRun run)
    {
        Console.WriteLine(run.Header);
        foreach (var lines in run.All(s_precisions))
        {
            Console.WriteLine(lines);
        }
    }

    private static int Refuse(string problem)
    {
        Console.Error.WriteLine(problem);
        return 2;
    }

    /// <summary>A folder that goes with what used it.</summary>
    private sealed class MadeTemporary : IDisposable
    {
        internal string Path { get; } = Directory.CreateTempSubdirectory("dfx-loop-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

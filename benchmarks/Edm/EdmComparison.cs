using System.Globalization;
using Dfx.Benchmarks.UNet;
using Dfx.Numerics;
using Dfx.Numerics.Files;

namespace Dfx.Benchmarks.Edm;

/// <summary>Our DDPM++ beside NVlabs/edm's own class in eager PyTorch, with the same weights, in one run: blocks of calls in turn.</summary>
/// <remarks>With one thread the times are processor times, which other work on the machine disturbs less; with more they are wall times.</remarks>
internal static class EdmComparison
{
    private const int Rounds = 6;
    private const int Calls = 3;

    /// <param name="threads">Threads of either side.</param>
    /// <param name="checkout">A checkout of github.com/NVlabs/edm, or null.</param>
    internal static void Run(int threads, string? checkout)
    {
        if (checkout is null || !File.Exists(Path.Combine(checkout, "training", "networks.py")))
        {
            Console.WriteLine("Give a checkout of https://github.com/NVlabs/edm: ./dfx bench edm 2 PATH");
            return;
        }

        torch.set_num_threads(threads);
        using var ours = new EdmTrainer(Precision.Float32);
        using var theirs = Start(ours, threads, checkout);
        if (theirs is null)
        {
            Console.WriteLine("Eager PyTorch is not installed (python3-torch): nothing to compare with.");
            return;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PyTorch {theirs.Version}, {threads} thread(s), DDPM++ of {theirs.Parameters} parameters, 64x3x32x32; outputs differ by at most {theirs.Error:E1}"));
        var (mine, other) = (Memory(() => Comparison.Measure(ours.Step, Calls)), (long)theirs.Measure("memory", Calls)[0]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory   ours {mine >> 20} MiB, eager PyTorch {other >> 20} MiB: ratio {(double)mine / other:F2} (growth of the process in training steps)"));
        using var mixed = new EdmTrainer(Precision.Bfloat16);
        Report("forward", ours.Forward, mixed.Forward, theirs);
        Report("step", ours.Step, mixed.Step, theirs);
    }

    private static void Report(string what, Action single, Action mixed, EagerPython theirs)
    {
        var (a, b, c) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var (x, y, z) = (Comparison.Measure(single, Calls), Comparison.Measure(mixed, Calls), theirs.Measure(what, Calls));
            if (round > 0)
            {
                a.AddRange(x);
                b.AddRange(y);
                c.AddRange(z);
            }
        }

        Console.WriteLine(Comparison.Line(what, "float32", a, "eager PyTorch", c));
        Console.WriteLine(Comparison.Line(what, "bfloat16", b, "float32", a));
    }

    private static long Memory(Action work)
    {
        DeviceMemory.ResetPeak(torch.CPU);
        var before = DeviceMemory.InUse(torch.CPU)!.Value;
        work();
        return DeviceMemory.Peak(torch.CPU)!.Value - before;
    }

    private static EagerPython? Start(EdmTrainer ours, int threads, string checkout)
    {
        var file = Path.Combine(Path.GetTempPath(), $"dfx-edm-{Environment.ProcessId}.safetensors");
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var tensors = ours.Network.state_dict();
        (tensors["input.x"], tensors["input.level"]) = (ours.X, ours.Labels);
        tensors["output"] = ours.Network.call(ours.X, ours.Labels, null);
        Safetensors.Save(file, tensors);
        var process = EagerPython.Start(Path.Combine("Edm", "eager_edm.py"), threads.ToString(CultureInfo.InvariantCulture), file, checkout);
        File.Delete(file);
        return process;
    }
}

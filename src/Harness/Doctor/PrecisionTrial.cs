using System.Diagnostics;
using System.Globalization;
using Dfx.Diffusion;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Planning;
using Dfx.Numerics;
using Dfx.Sdk;

namespace Dfx.Harness.Doctor;

/// <summary>Measures a training step in float32 and in bfloat16, and says whether <c>precision: auto</c> takes the faster one.</summary>
internal static class PrecisionTrial
{
    private const int Batch = 32;
    private const int Repeats = 3;

    // Differences below this are those of two measurements.
    private const double Margin = 1.1;

    internal static Finding Examine(torch.Device device)
    {
        // With one thread nobody waits for another: other work on the machine disturbs less.
        torch.set_num_threads(1);
        var (single, half) = (Seconds(device, Precision.Float32), Seconds(device, Precision.Bfloat16));
        return Judge(AutomaticPrecision.On(device.type == DeviceType.CPU ? "cpu" : "cuda"), single, half);
    }

    /// <summary>What two times say of the rule.</summary>
    internal static Finding Judge(Precision chosen, double single, double half)
    {
        var name = chosen.ToString().ToLowerInvariant();
        var text = string.Create(CultureInfo.InvariantCulture, $"auto is {name}; a training step takes {single * 1000:F0} ms in float32 and {half * 1000:F0} ms in bfloat16");
        var (taken, other) = chosen == Precision.Bfloat16 ? (half, single) : (single, half);
        var better = chosen == Precision.Bfloat16 ? "float32" : "bfloat16";
        return taken <= other * Margin
            ? new(State.Ok, "precision", text)
            : new(State.Warning, "precision", text + ": the rule is wrong for this machine", $"write training: {{ precision: {better} }} into matrix files");
    }

    private static double Seconds(torch.Device device, Precision precision)
    {
        using var scope = torch.NewDisposeScope();
        var shape = new DataShape(1, 28, 28);
        var settings = new NetworkSettings { Family = "ddpmpp", Channels = 32, Multipliers = [1, 2], Blocks = 1 };
        using var network = UNets.Create(settings, new(shape), 0, "doctor", precision).to(device).KeepTensors();
        var (x, labels) = (torch.ones(shape.Batch(Batch), torch.float32, device), torch.ones([Batch], torch.float32, device));
        return Enumerable.Range(0, Repeats + 1).Select(_ => Step(network, x, labels, device)).Skip(1).Min();
    }

    private static double Step(UNet network, torch.Tensor x, torch.Tensor labels, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        var clock = Stopwatch.StartNew();
        network.call(x, labels, null).square().mean().backward();
        SampleJob.Wait(device);
        return clock.Elapsed.TotalSeconds;
    }
}

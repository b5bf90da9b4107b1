using System.Globalization;
using Dfx.Benchmarks.UNet;
using Dfx.Diffusion;
using Dfx.Numerics.Files;

namespace Dfx.Benchmarks.Devices;

/// <summary>The other side: NVlabs/edm's network in eager PyTorch with Adam, clipping and a moving average, in a process of its own, from our first weights.</summary>
internal sealed class OfficialLoop : IDisposable
{
    private const int Checked = 4;
    private readonly EagerPython _python;

    private OfficialLoop(EagerPython python) => _python = python;

    internal string Version => _python.Version;

    internal long Parameters => _python.Parameters;

    /// <summary>The largest difference of its outputs in float32 from ours on the CPU, relative to the largest number.</summary>
    internal double Error => _python.Error;

    /// <summary>Starts it; null where Python has no PyTorch, or none that knows the device.</summary>
    internal static OfficialLoop? Start(LoopCase loop, torch.Device device, string checkout, string folder)
    {
        var weights = Path.Combine(folder, "first.safetensors");
        WriteWeights(loop, weights);
        var network = loop.Network;
        var started = EagerPython.Start(
            Path.Combine("Devices", "eager_loop.py"),
            device.type == DeviceType.CUDA ? "cuda" : "cpu",
            weights,
            checkout,
            string.Create(CultureInfo.InvariantCulture, $$"""{"channels": {{network.Channels}}, "multipliers": [{{string.Join(", ", network.Multipliers)}}], "blocks": {{network.Blocks}}, "batch": {{loop.Batch}}, "images": {{loop.Images}}, "steps": {{loop.SamplingSteps}}, "threads": {{torch.get_num_threads()}}}"""));
        File.Delete(weights);
        return started is null ? null : new(started);
    }

    /// <summary>Seconds a training step, over so many.</summary>
    internal double Train(Precision precision, int steps) => Measure("train", precision, steps);

    /// <summary>Two evaluations of as many images as are sampled.</summary>
    internal void WarmUp(Precision precision) => Measure("warm", precision, 2);

    /// <summary>Seconds to sample the images once, to bytes on the CPU.</summary>
    internal double Sample(Precision precision) => Measure("sample", precision, 1);

    /// <summary>Bytes: the most that it held in a precision, on the CPU beyond what it held before it made its network.</summary>
    internal long Peak(Precision precision) => (long)Measure("peak", precision, 1);

    /// <summary>Bytes of the GPU that it holds now; 0 on the CPU.</summary>
    internal long Held() => (long)Measure("held", Precision.Float32, 1);

    public void Dispose() => _python.Dispose();

    private double Measure(string what, Precision precision, int times) => _python.Measure($"{what}-{precision.ToString().ToLowerInvariant()}", times)[0];

    private static void WriteWeights(LoopCase loop, string path)
    {
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        using var network = UNets.Create(loop.Network, new(new DataShape(3, LoopCase.Side, LoopCase.Side)), 1);
        var tensors = network.state_dict();
        (tensors["input.x"], tensors["input.level"]) = (torch.randn(Checked, 3, LoopCase.Side, LoopCase.Side), torch.randn(Checked));
        tensors["output"] = network.call(tensors["input.x"], tensors["input.level"], null);
        Safetensors.Save(path, tensors);
    }
}

using System.Diagnostics;
using System.Globalization;
using Dfx.Numerics;

namespace Dfx.Benchmarks.Devices;

/// <summary>One network's comparison: training and sampling in each precision.</summary>
/// <param name="Loop">The network.</param>
/// <param name="Device">The device of both sides.</param>
/// <param name="Other">The other side.</param>
/// <param name="Memory">Our side's memory.</param>
/// <param name="Folder">Where data and results go.</param>
/// <param name="Quick">Whether the numbers are none.</param>
internal sealed record LoopRun(LoopCase Loop, torch.Device Device, OfficialLoop Other, LoopMemory Memory, string Folder, bool Quick)
{
    internal string Header => string.Create(
        CultureInfo.InvariantCulture,
        $"{Loop.Name}: DDPM++ of {Other.Parameters} parameters, batch {Loop.Batch}, {Loop.Images} images in {Loop.SamplingSteps} steps; {Where}; outputs differ by at most {Other.Error:E1} of the largest");

    private string Where => $"{DeviceMemory.Name(Device) ?? "cuda"}, libtorch {Libtorch.Version()?.ToString() ?? "unknown"}, PyTorch {Other.Version}";

    /// <summary>Measures, and gives the lines.</summary>
    internal IEnumerable<string> All(IReadOnlyList<Precision> precisions)
    {
        List<LoopResult> trained = [], sampled = [];
        foreach (var precision in precisions)
        {
            using var desk = new LoopDesk(Loop, precision, Device, Directory.CreateDirectory(Path.Combine(Folder, precision.ToString())).FullName);
            trained.Add(Train(desk, precision));
            if (Loop.Blocks(precision).Cells > 0)
            {
                sampled.Add(Sample(desk, precision));
            }
        }

        return
        [
            .. new LoopLines($"train {Loop.Name}", Loop.TrainLimit, Where, Quick).Of(trained),
            .. new LoopLines($"sample {Loop.Name}", LoopCase.SampleLimit, Where, Quick).Of(sampled),
        ];
    }

    private LoopResult Train(LoopDesk desk, Precision precision)
    {
        var (blocks, theirs) = (Loop.Blocks(precision), new List<double>());
        var clock = new StepClock(Device, blocks, () => Other.Train(precision, blocks.WarmUp), () => theirs.Add(Other.Train(precision, blocks.Steps)));
        Memory.Start(Other);
        desk.Train(clock);
        return new(precision, clock.Seconds, theirs, Memory.Grown(Other), Other.Peak(precision));
    }

    private LoopResult Sample(LoopDesk desk, Precision precision)
    {
        List<double> ours = [], theirs = [], whole = [];
        Other.WarmUp(precision);
        Memory.Start(Other);
        for (var cell = 0; cell < Loop.Blocks(precision).Cells; cell++)
        {
            var clock = Stopwatch.StartNew();
            var timing = desk.Sample();
            whole.Add(clock.Elapsed.TotalSeconds);
            ours.Add(timing.SecondsPerImage!.Value * Loop.Images);
            theirs.Add(Other.Sample(precision));
        }

        var job = LoopResult.Median(whole);
        return new(precision, ours, theirs, Memory.Grown(Other), Other.Peak(precision), string.Create(
            CultureInfo.InvariantCulture, $"; with loading, warm-up and single images {job * 1e3:F1} ms, ratio {job / LoopResult.Median(theirs):F3}"));
    }
}

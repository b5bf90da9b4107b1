using System.Globalization;
using Dfx.Torch.Interop;

namespace Dfx.Torch.Tests.Training;

/// <summary>Ten thousand training steps hold no more memory than the first thousand did, in bytes, not in garbage collections.</summary>
[NonParallelizable]
public sealed class LeakTests
{
    private const int WarmUp = 1000;
    private const int Steps = 10_000;

    // One leaked activation of the smallest kind a step would be 10 000 x 1 KiB.
    private const long MostNativeGrowth = 64 << 10;
    private const long MostResidentGrowth = 24 << 20;

    [Test]
    [CancelAfter(600_000)]
    public void Ten_thousand_steps_keep_native_bytes_and_resident_memory_flat()
    {
        using var run = new TrainingRun(1);
        Train(run, WarmUp);
        var (tensors, native, resident) = (torch.Tensor.TotalCount, NativeMemory.LiveBytes, Resident());
        Train(run, Steps);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(torch.Tensor.TotalCount, Is.EqualTo(tensors), "tensors that nobody disposed");
            Assert.That(NativeMemory.LiveBytes - native, Is.LessThan(MostNativeGrowth), "bytes that tensors hold");
            Assert.That(Resident() - resident, Is.LessThan(MostResidentGrowth), "resident memory of the process");
        }
    }

    private static void Train(TrainingRun run, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            run.Step();
        }

        // So that what others left to finalisers does not blur the count of tensors.
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static long Resident()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}

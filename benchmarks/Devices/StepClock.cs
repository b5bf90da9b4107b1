using System.Diagnostics;
using Dfx.Harness.Execution.Worker;

// By name: a test compiles this file too, without this project's usings.
using IProgressHost = Dfx.Sdk.IProgressHost;

namespace Dfx.Benchmarks.Devices;

/// <summary>
/// Told of every step of a training: measures blocks of them, lets the other side run between two blocks, and ends the training once all are measured.
/// The clock stands while the other side runs.
/// </summary>
/// <param name="device">Waited for at both ends of a block.</param>
/// <param name="blocks">What is measured.</param>
/// <param name="warmUp">The other side's warm-up, after ours.</param>
/// <param name="other">The other side's block, after each of ours.</param>
internal sealed class StepClock(torch.Device device, LoopBlocks blocks, Action warmUp, Action other) : IProgressHost
{
    private long _started;

    /// <summary>Seconds a step in each block.</summary>
    internal List<double> Seconds { get; } = [];

    /// <summary>Whether all blocks are measured.</summary>
    internal bool Ended => Seconds.Count == blocks.Count;

    /// <exception cref="OperationCanceledException">All is measured.</exception>
    public void Report(long done, long total, string? note = null)
    {
        if (done > blocks.Last)
        {
            // Not at the last step itself, after which its checkpoint is written.
            throw new OperationCanceledException("all blocks are measured");
        }

        if (done < blocks.WarmUp || (done - blocks.WarmUp) % blocks.Steps != 0)
        {
            return;
        }

        SampleJob.Wait(device);
        if (done > blocks.WarmUp)
        {
            Seconds.Add(Stopwatch.GetElapsedTime(_started).TotalSeconds / blocks.Steps);
        }

        (done > blocks.WarmUp ? other : warmUp)();
        _started = Stopwatch.GetTimestamp();
    }
}

using Dfx.Diffusion;
using Dfx.Harness.Checking.Tiny;
using Dfx.Harness.Execution.Models;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Tests.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Tests.Execution;

/// <summary>A training is counted the same however often it was interrupted.</summary>
public sealed class TrainingCountTests
{
    private const int Steps = 12;
    private const int Batch = 3;

    [Test]
    public void An_interrupted_training_costs_what_an_undisturbed_one_does()
    {
        using var scratch = new ScratchFolder();
        using var scope = torch.NewDisposeScope();
        var whole = Trained(new(scratch.At("whole/x")[..^2]), null);
        Assert.That(whole!.Evaluations, Is.EqualTo((Int128)(Steps * Batch)));
        var files = new TrainingFiles(scratch.At("parts/x")[..^2]);
        var (interruptions, parts) = (0, (TrainingCost?)null);
        for (var stopAfter = 2; parts is null; stopAfter += 3)
        {
            parts = Trained(files, stopAfter);
            interruptions++;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(interruptions, Is.GreaterThan(3));
            Assert.That(parts, Is.EqualTo(whole));
            Assert.That(files.CostOf(Steps), Is.EqualTo(whole));
            Assert.That(files.CostOf(Steps / 2)!.Evaluations, Is.EqualTo((Int128)(Steps / 2 * Batch)));
        }
    }

    /// <summary>The cost, or null if the training was stopped.</summary>
    private static TrainingCost? Trained(TrainingFiles files, int? stopAfter)
    {
        using var stop = new CancellationTokenSource();
        var meter = new JobMeter(stop.Token);
        var settings = new TrainingSettings { Steps = Steps, Batch = Batch, Checkpoints = [0.5, 1] };
        using var host = new TrainingHost(files, settings, 1000, new Stopping(stop, stopAfter), (_, _) => new MemoryStore(), meter, stop.Token);
        var model = Bench.Model() with { Network = new() { Family = "light", Channels = 4, Multipliers = [1, 2], Blocks = 1 }, Meter = meter.Of(NetworkOwner.Model) };
        var context = new TrainingContext { Model = model, Settings = settings, Host = host, Cancellation = host.Interruption };
        using var network = UNets.For(model);
        try
        {
            using var denoiser = TrainingLoop.Run(
                context, network, batch => ScoreMatching.Loss(new EdmProcess(), network, batch), weights => PreconditionedDenoiser.Load(weights, model, new EdmProcess()));
            return host.Cost.Whole(denoiser.Networks, null);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Asks to stop after a step.</summary>
    private sealed class Stopping(CancellationTokenSource stop, int? after) : IProgressHost
    {
        public void Report(long done, long total, string? note = null)
        {
            if (done == after)
            {
                stop.Cancel();
            }
        }
    }
}

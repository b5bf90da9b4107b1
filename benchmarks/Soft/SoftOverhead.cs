using Dfx.Data.FashionMnist;
using Dfx.Diffusion;
using Dfx.Harness.Execution.Worker;
using Dfx.SoftDiffusion;

namespace Dfx.Benchmarks.Soft;

/// <summary>
/// The training step of Soft Score Matching beside that of denoising score matching on a VE process: one training of the default network on
/// Fashion-MNIST, 128 images a step, whose steps take turns, so that both see the same machine.
/// </summary>
internal static class SoftOverhead
{
    private const double Limit = 1.10;
    private const int WarmUp = 6;
    private const int CpuSteps = 40;
    private const int CudaSteps = 400;

    internal static void Print(torch.Device device)
    {
        var (steps, times) = (device.type == DeviceType.CUDA ? CudaSteps : CpuSteps, new Turns(device));
        using var data = new FashionMnistDataset(new()).Open(new(null, Path.GetTempPath()));
        var model = new ModelContext { Data = data, Task = new GenerateTask(), Network = new(), Device = device, Precision = Precision.Float32, Seed = 1 };
        var context = new TrainingContext { Model = model, Settings = new() { Steps = WarmUp + (2 * steps) + 1, Batch = 128 }, Host = times };
        var options = new SoftOptions(Schedule: ScheduleKind.Linear);
        var corruption = options.Operator(data.Shape);
        var soft = new SoftLoss(SoftObjective.Soft, new(corruption, options.Through([corruption.Least, corruption.Most])));
        var ve = ProcessKind.Ve.Process();
        using var network = UNets.For(model);
        TrainingLoop.Run(context, network, Loss, weights => PreconditionedDenoiser.Load(weights, model, ve)).Dispose();
        Console.WriteLine($"DDPM++ of 32 channels, multipliers 1, 2, 2, one block, 128x1x28x28, float32, {device}, steps in turn; limit of the ratio {Limit:F2}");
        Console.WriteLine(Comparison.Line("step", "soft", times.Of(1), "plain VE", times.Of(0)));
        Console.WriteLine($"step     {Comparison.Ratio(times.Of(1), times.Of(0))}");

        torch.Tensor Loss(TrainingBatch batch)
        {
            var kind = (int)(batch.Step % 2);
            times.Begin(kind);
            return kind == 0 ? ScoreMatching.Loss(ve, network, batch) : soft.Of(network, batch);
        }
    }

    /// <summary>The host of a run that nobody keeps, and its clock: a step lasts from its loss to the next step's.</summary>
    private sealed class Turns(torch.Device device) : ITrainingHost
    {
        private readonly List<(int Kind, double Start)> _starts = [];

        public ITensorStore Store { get; } = new NoStore();

        public bool SaveDue => false;

        internal void Begin(int kind)
        {
            SampleJob.Wait(device);
            _starts.Add((kind, Comparison.Clock()));
        }

        internal List<double> Of(int kind) =>
            [.. _starts.Zip(_starts.Skip(1), (a, b) => (a.Kind, Seconds: b.Start - a.Start)).Skip(WarmUp).Where(step => step.Kind == kind).Select(step => step.Seconds)];

        public TrainingState? LastState() => null;

        public void Save(TrainingState state)
        {
        }

        public void Keep(double fraction, Checkpoint checkpoint, int average = 0)
        {
        }

        public void Report(long done, long total, string? note = null)
        {
        }
    }
}

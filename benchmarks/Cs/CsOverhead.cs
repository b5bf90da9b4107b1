using System.Globalization;
using Dfx.Compensation;
using Dfx.Data.FashionMnist;
using Dfx.Diffusion;
using Dfx.Harness.Execution.Worker;

namespace Dfx.Benchmarks.Cs;

/// <summary>
/// The training step of Compensation Sampling with K = 1 beside DDPM's: three trainings of the default network on Fashion-MNIST, 128 images a step, whose steps
/// take turns, so that all see the same machine. The module learns in one, is frozen in another, and is not there in the third.
/// </summary>
internal static class CsOverhead
{
    private const double Limit = 1.15;
    private const int WarmUp = 6;
    private const int CpuSteps = 40;
    private const int CudaSteps = 400;
    private const int T = 100;

    internal static void Run(int threads, torch.Device device)
    {
        torch.set_num_threads(threads);
        var steps = device.type == DeviceType.CUDA ? CudaSteps : CpuSteps;
        using var data = new FashionMnistDataset(new()).Open(new(null, Path.GetTempPath()));
        var model = new ModelContext { Data = data, Task = new GenerateTask(), Network = new(), Device = device, Precision = Precision.Float32, Seed = 1 };
        var context = new TrainingContext { Model = model, Settings = new() { Steps = WarmUp + steps, Batch = 128 }, Host = new NoHost() };
        using var main = UNets.For(model);
        var process = new DdpmProcess(DiscreteSchedule.Scaled(T));
        using var plain = new TrainingRun(context, TrainingPlan.Of(main, batch => ScoreMatching.Loss(process, main, batch)));
        using var learning = new Compensated(context, process, epochs: 1e6);
        using var frozen = new Compensated(context, process, epochs: 1e-9);
        var times = new[] { plain, learning.Training, frozen.Training }.Select(run => (Run: run, Seconds: new List<double>())).ToList();
        for (var step = 0; step < WarmUp + steps; step++)
        {
            times.ForEach(one => one.Seconds.Add(Time(one.Run, device)));
        }

        Print(main.Card, learning.Module, device, [.. times.Select(one => one.Seconds.Skip(WarmUp).ToList())]);
    }

    private static double Time(TrainingRun run, torch.Device device)
    {
        var start = Comparison.Clock();
        run.Step();
        SampleJob.Wait(device);

        return Comparison.Clock() - start;
    }

    private static void Print(NetworkCard main, NetworkCard module, torch.Device device, IReadOnlyList<List<double>> times)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"DDPM++ of 32 channels, multipliers 1, 2, 2, one block, 128x1x28x28, float32, {device}, steps in turn; the module has {100.0 * module.MultiplyAdds!.Value / main.MultiplyAdds!.Value:F2} % of its multiply-adds; limit of the ratio {Limit:F2}"));
        foreach (var (name, i) in new[] { ("learning", 1), ("frozen", 2) })
        {
            Console.WriteLine(Comparison.Line(name, "cs", times[i], "ddpm", times[0]));
            Console.WriteLine($"{name,-8} {Comparison.Ratio(times[i], times[0])}");
        }
    }

    /// <summary>A training with a module.</summary>
    private sealed class Compensated : IDisposable
    {
        private readonly Diffusion.UNet _main;
        private readonly Diffusion.UNet _module;
        private readonly RolloutPool _pool;

        internal Compensated(TrainingContext context, DdpmProcess process, double epochs)
        {
            var (model, method) = (context.Model, new CsMethod(new(T)));
            (_main, _module) = (UNets.For(model), CsModule.Build(model));
            _pool = new(model, context.Settings.Batch, model.Data.Shape, new DiscreteLevels(process.Steps, false), 1, RolloutSource.Plain);
            var rollout = new CsRollout(_pool, rows => method.Estimate(_main, rows), new(_module, process), new(CsTerm.Learned, epochs));
            Training = new(context, rollout.Plan(_main));
        }

        internal TrainingRun Training { get; }

        internal NetworkCard Module => _module.Card;

        public void Dispose()
        {
            Training.Dispose();
            _pool.Dispose();
            _module.Dispose();
            _main.Dispose();
        }
    }
}

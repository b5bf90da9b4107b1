using System.Globalization;
using Dfx.Data.FashionMnist;
using Dfx.Diffusion;
using Dfx.Harness.Execution.Worker;
using Dfx.ResidualCorrection;

namespace Dfx.Benchmarks.Residual;

/// <summary>
/// What a corrected cell costs: Heun's method on 18 levels of an untrained model to i*, the correction function by itself, and one after the other, in turn, so that all see the same machine. The third should take the sum of the other two.
/// </summary>
internal static class CorrectedSampling
{
    private const int Images = 64;
    private const int Levels = 18;
    private const int WarmUp = 1;
    private const int Times = 8;

    internal static void Run(int threads, torch.Device device)
    {
        torch.set_num_threads(threads);
        using var outside = torch.no_grad();
        using var data = new FashionMnistDataset(new()).Open(new(null, Path.GetTempPath()));
        var context = new ModelContext { Data = data, Task = new GenerateTask(), Network = new(), Device = device, Precision = Precision.Float32, Seed = 1 };
        using var model = new PreconditionedDenoiser(UNets.For(context), new EdmProcess(), data.Shape);
        var shape = new FunctionShape(FunctionSize.S, FunctionDepth.Model, FunctionOutput.Direct, InputScale.Raw);
        using var weights = shape.Build(context);
        using var correction = CorrectionFunction.Load(new(weights.state_dict()), context, shape, new(StopRule.PaperLevel, StopSide.AtOrAbove));
        double[] levels = [.. Grids.Karras(0.002, 80, Levels), 0];
        var stop = correction.StopIndex(levels);
        using var state = context.Noise("bench").Normal(0, data.Shape.Batch(Images)).@double() * levels[0];
        torch.Tensor Sampled() => Solvers.Heun(model, state, levels[..(stop + 1)]);

        List<double> sampled = [], applied = [], both = [];
        for (var i = 0; i < WarmUp + Times; i++)
        {
            sampled.Add(Time(() => Sampled(), device));
            applied.Add(Time(() => correction.Apply(new() { State = state, Sigma = levels[stop] }), device));
            both.Add(Time(() => correction.Apply(new() { State = Sampled(), Sigma = levels[stop] }), device));
        }

        List<double> sum = [.. sampled.Zip(applied, (a, b) => a + b).Skip(WarmUp)];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"DDPM++ of 32 channels, multipliers 1, 2, 2, one block, and a function of size s of its depth ({100.0 * correction.Network!.MultiplyAdds!.Value / model.Networks[0].MultiplyAdds!.Value:F1} % of an evaluation), {Images}x1x28x28, float32, {device}; Heun to level {stop} of {levels.Length - 1}, in turn"));
        Console.WriteLine(Comparison.Line("cell", "corrected", [.. both.Skip(WarmUp)], "sampler and function", sum));
        Console.WriteLine($"cell     {Comparison.Ratio([.. both.Skip(WarmUp)], sum)}");
        Console.WriteLine(Comparison.Line("share", "function", [.. applied.Skip(WarmUp)], "sampler", [.. sampled.Skip(WarmUp)]));
    }

    private static double Time(Func<torch.Tensor> run, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        var start = Comparison.Clock();
        run();
        SampleJob.Wait(device);
        return Comparison.Clock() - start;
    }
}

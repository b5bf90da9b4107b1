using System.Diagnostics;
using Dfx.Harness.Execution.Models;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Numerics.Noise;
using Dfx.Sdk;
using MathNet.Numerics.Statistics;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Samples a cell in batches and keeps time. Sample i depends on the seed and i alone.</summary>
internal sealed class SamplingRun(JobDesk desk, SamplingSetup cell) : IDisposable
{
    private const int WarmUpImages = 4;
    private const int LatencyRuns = 3;

    /// <summary>
    /// Noise of the starting state and of stochastic steps: the same for every method, sampler and budget of one seed. The prefix keeps it
    /// apart from what methods draw from.
    /// </summary>
    internal const string Purpose = "host/sampling";

    private readonly List<torch.Tensor> _images = [];
    private readonly List<double> _perImage = [];
    private torch.Tensor? _all;
    private double _latency;
    private EvaluationMeter? _meter;
    private HashSet<double>? _levels;
    private int? _visited;
    private readonly ObservedImages _observed = new(cell.Context, desk.CellTask);

    /// <summary>All samples: [N, C, H, W] on the CPU, uint8 for images.</summary>
    internal torch.Tensor Images => _all ??= torch.cat(_images).DetachFromDisposeScope();

    /// <summary>What was evaluated, over all batches.</summary>
    internal EvaluationCounts Counts { get; private set; } = EvaluationCounts.None;

    /// <summary>The counts of evaluations an image.</summary>
    internal JobOutcome Outcome => new()
    {
        NfeUsed = AnImage(Counts.Main),
        NfeAuxiliary = AnImage(Counts.Auxiliary),
        NfeCorrection = AnImage(Counts.Correction),
        NfeCounted = Counts.Declared ? EvaluationCounts.DeclaredWord : EvaluationCounts.MeasuredWord,
        MultiplyAdds = (double?)Counts.MultiplyAdds / desk.Job.Sampling!.Samples,
        NfeEquivalent = Equivalent,
        TrainedSteps = (cell.Sampler.Model as IDenoiser)?.Schedule.Steps,
        Levels = _visited,
        Nfe = cell.Sampler.Model is IDenoiser && desk.Job.Sampling!.Nfe is not CellAxes.Unlimited and var nfe ? nfe : null,
    };

    internal JobTiming Timing => new()
    {
        SecondsPerImage = Quantile(0.5),
        SecondsPerImageIqr = Quantile(0.75) - Quantile(0.25),
        LatencySeconds = _latency,
    };

    /// <summary>A first run that nobody measures but for the levels that it visits, then the time for a single image. Seconds of the first.</summary>
    internal double WarmUp()
    {
        _levels = [];
        var seconds = Timed(WarmUpImages);
        _visited = cell.Sampler.Model is IDenoiser ? _levels.Count : null;
        _levels = null;
        _latency = Enumerable.Range(0, LatencyRuns).Select(_ => Timed(1)).Order().ElementAt(LatencyRuns / 2);
        return seconds;
    }

    /// <summary>Evaluations of main networks for a single image, in a run that nobody measures.</summary>
    internal int EvaluationsOfOne()
    {
        _ = Timed(1);
        return (int)_meter!.Counts.Main;
    }

    /// <summary>All batches of the cell.</summary>
    internal void All()
    {
        var spec = desk.Job.Sampling!;
        desk.Progress.Report(0, spec.Samples, "sampling");
        for (var first = 0; first < spec.Samples; first += spec.Batch)
        {
            var count = Math.Min(spec.Batch, spec.Samples - first);
            var clock = Stopwatch.StartNew();
            _images.Add(Batch(first, count));
            _perImage.Add(clock.Elapsed.TotalSeconds / count);
            Counts = Counts.Plus(_meter!.Counts);
            desk.Progress.Report(first + count, spec.Samples, "sampling");
        }
    }

    public void Dispose()
    {
        foreach (var tensor in _images.Append(_all))
        {
            tensor?.Dispose();
        }
    }

    private double Timed(int count)
    {
        using var scope = torch.NewDisposeScope();
        var clock = Stopwatch.StartNew();
        _ = Batch(0, count);
        return clock.Elapsed.TotalSeconds;
    }

    private torch.Tensor Batch(int first, int count)
    {
        using var grad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var condition = _observed.At(first, count).Condition;
        var x = Sample(Noise(first, count), condition);
        if (condition is { Known: { } known, Mask: { } mask })
        {
            x = Pasted(x, known, mask);
            FiniteCheck.One(x, $"samples {first} to {first + count - 1} with the pixels that the task knows");
        }

        return ObservedImages.Quantized(x.cpu(), cell.Context.Data).MoveToOuterDisposeScope();
    }

    private torch.Tensor Sample(SampleNoise noise, Condition? condition)
    {
        _meter = new(cell.Budget, noise.Count, cell.Sampler.Model.Networks, desk.Cancellation) { Levels = _levels };
        try
        {
            return Metered(noise, condition);
        }
        finally
        {
            _meter.End();
        }
    }

    private torch.Tensor Metered(SampleNoise noise, Condition? condition)
    {
        using var rounding = desk.Rounding();
        var model = cell.Sampler.Model;
        using var phase = desk.Meter.Open(_meter!.Count);
        var what = $"samples {noise.First} to {noise.First + noise.Count - 1}:";
        using var like = torch.empty([noise.Count, noise.Shape.Channels, noise.Shape.Height, noise.Shape.Width], noise.Dtype, noise.Device);
        var start = TensorFault.Refused(_meter.As("the model's prior", () => model.Prior(cell.Levels[0], noise)), like, $"{what} the model's prior");
        var x = TensorFault.Refused(cell.Sampler.Sample(_meter, new SamplingRequest
        {
            Nfe = cell.Calls,
            Levels = cell.Levels,
            Stop = cell.Stop,
            Start = start,
            Noise = noise,
            Condition = condition,
            Cancellation = desk.Cancellation,
        }), like, $"{what} the sampler's result");
        return cell.Correction is { } correction ? TensorFault.Refused(Corrected(correction, x, condition), like, $"{what} the correction's result") : x;
    }

    private torch.Tensor Corrected(ITrainedCorrection correction, torch.Tensor x, Condition? condition) => _meter!.Correct(correction.Network, () => correction.Apply(new()
    {
        State = x,
        Sigma = cell.Sampler.Sigma(cell.Levels[cell.Stop])!.Value,
        Target = cell.Sampler.Target(_meter, condition),
        Condition = condition,
    }));

    /// <summary>Pixels that are known stay what they are.</summary>
    private static torch.Tensor Pasted(torch.Tensor x, torch.Tensor known, torch.Tensor mask) => known.to(x.dtype) + ((1 - mask.to(x.dtype)) * x);

    private SampleNoise Noise(int first, int count) =>
        new(NoiseKey.For(cell.Context.Seed, Purpose), first, count, cell.Context.Data.Shape, desk.Device);

    private double AnImage(long rows) => Math.Round((double)rows / desk.Job.Sampling!.Samples, 9);

    /// <summary>All multiply-adds an image in evaluations of the main network.</summary>
    private double? Equivalent => cell.Sampler.Model.Networks.FirstOrDefault(n => n.Role == NetworkRole.Main) is { MultiplyAdds: > 0 and var one } && Counts.MultiplyAdds is { } all
        ? Math.Round((double)all / desk.Job.Sampling!.Samples / one, 9)
        : null;

    /// <summary>Over full batches; a last batch that is smaller counts only if it is the only one.</summary>
    private double Quantile(double q)
    {
        var full = desk.Job.Sampling!.Samples / desk.Job.Sampling.Batch;
        var counted = _perImage.Take(Math.Max(1, full)).Order().ToArray();
        return SortedArrayStatistics.QuantileCustom(counted, q, QuantileDefinition.R7);
    }
}

using System.Diagnostics;

namespace Dfx.Stf.Analyses;

/// <summary>
/// A training run whose steps take turns: kind 0 is denoising score matching, the others have a reference batch each. A step lasts from its
/// loss to the next step's; the first turn warms up. With one thread on the CPU times are processor times, which other work on the machine
/// disturbs less; otherwise they are wall times.
/// </summary>
/// <param name="context">Data, settings and the host.</param>
/// <param name="process">The process.</param>
/// <param name="sizes">The reference batches.</param>
internal sealed class TimedRun(TrainingContext context, IProcess process, IReadOnlyList<int> sizes)
{
    private readonly ReferenceBatch[] _batches = [.. sizes.Select(n => new ReferenceBatch(context, new(ReferenceBatch: n)))];
    private readonly List<(int Kind, double References, double Target, double Step)> _times = [];
    private double _start;

    private int Kinds => sizes.Count + 1;

    internal List<double> References(int kind) => Of(kind, t => t.References);

    internal List<double> Targets(int kind) => Of(kind, t => t.Target);

    internal List<double> Steps(int kind) => Of(kind, t => t.Step);

    internal void Train()
    {
        using var network = UNets.For(context.Model);
        TrainingLoop.Run(
            context, network, batch => Loss(network, batch), weights => PreconditionedDenoiser.Load(weights, context.Model, process)).Dispose();
    }

    private torch.Tensor Loss(UNet network, TrainingBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        var start = Now();
        if (_times.Count > 0)
        {
            _times[^1] = _times[^1] with { Step = start - _start };
        }

        _start = start;
        var kind = (int)(batch.Step % Kinds);
        var (sigma, noisy) = ScoreMatching.Perturb(process, batch);
        var before = Now();
        var references = kind == 0 ? new(batch.Clean) : _batches[kind - 1].Of(batch);
        var read = Now();
        var target = kind == 0 ? batch.Clean : StableTarget.Of(noisy, sigma, references);
        _times.Add((kind, read - before, Now() - read, 0));
        return scope.MoveToOuter(ScoreMatching.Errors(process, network, noisy, sigma, target, batch.Condition));
    }

    // In ms.
    private double Now()
    {
        if (context.Model.Device.type == DeviceType.CUDA)
        {
            torch.cuda.synchronize();
        }
        else if (torch.get_num_threads() == 1)
        {
            return Environment.CpuUsage.TotalTime.TotalMilliseconds;
        }

        return Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;
    }

    private List<double> Of(int kind, Func<(int Kind, double References, double Target, double Step), double> what) =>
        [.. _times.Skip(Kinds).SkipLast(1).Where(t => t.Kind == kind).Select(what)];
}

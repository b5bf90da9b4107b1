using System.Diagnostics;

namespace Dfx.Stf.Analyses;

/// <summary>
/// A training run whose steps take turns: kind 0 is denoising score matching, the others have a reference batch each. A step lasts from its
/// loss to the next step's; the first turn warms up.
/// </summary>
/// <param name="context">Data, settings and the host.</param>
/// <param name="process">The process.</param>
/// <param name="sizes">The reference batches.</param>
internal sealed class TimedRun(TrainingContext context, IProcess process, IReadOnlyList<int> sizes)
{
    private readonly ReferenceBatch[] _batches = [.. sizes.Select(n => new ReferenceBatch(context, new(ReferenceBatch: n)))];
    private readonly List<(int Kind, double References, double Target, double Step)> _times = [];

    private int Kinds => sizes.Count + 1;

    internal List<double> References(int kind) => Of(kind, t => t.References);

    internal List<double> Targets(int kind) => Of(kind, t => t.Target);

    internal List<double> Steps(int kind) => Of(kind, t => t.Step);

    internal void Train()
    {
        using var network = UNets.For(context.Model);
        var clock = Stopwatch.StartNew();
        TrainingLoop.Run(
            context, network, batch => Loss(network, batch, clock), weights => PreconditionedDenoiser.Load(weights, context.Model, process)).Dispose();
    }

    private torch.Tensor Loss(UNet network, TrainingBatch batch, Stopwatch clock)
    {
        using var scope = torch.NewDisposeScope();
        if (batch.Step > 0)
        {
            _times[^1] = _times[^1] with { Step = clock.Elapsed.TotalMilliseconds };
        }

        clock.Restart();
        var kind = (int)(batch.Step % Kinds);
        var (sigma, noisy) = ScoreMatching.Perturb(process, batch);
        var before = Now(clock);
        var references = kind == 0 ? new(batch.Clean) : _batches[kind - 1].Of(batch);
        var read = Now(clock);
        var target = kind == 0 ? batch.Clean : StableTarget.Of(noisy, sigma, references);
        _times.Add((kind, read - before, Now(clock) - read, 0));
        return scope.MoveToOuter(ScoreMatching.Errors(process, network, noisy, sigma, target, batch.Condition));
    }

    private double Now(Stopwatch clock)
    {
        if (context.Model.Device.type == DeviceType.CUDA)
        {
            torch.cuda.synchronize();
        }

        return clock.Elapsed.TotalMilliseconds;
    }

    private List<double> Of(int kind, Func<(int Kind, double References, double Target, double Step), double> what) =>
        [.. _times.Skip(Kinds).SkipLast(1).Where(t => t.Kind == kind).Select(what)];
}

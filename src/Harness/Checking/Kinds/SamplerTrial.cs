using System.Reflection;
using Dfx.Harness.Checking.Tiny;
using Dfx.Harness.Execution.Models;
using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>A sampler on the analytic model of one kind.</summary>
/// <param name="make">Makes the sampler.</param>
/// <param name="kind">The kind of model.</param>
/// <param name="device">Where; the CPU if it is null.</param>
internal sealed class SamplerTrial(Func<object> make, ModelKind kind, torch.Device? device = null)
{
    private const int MostEvaluations = 20;
    private const int DiscreteSteps = 100;

    /// <summary>The safety limit of a sampler that chooses its evaluations itself.</summary>
    private const int AdaptiveLimit = 10_000;

    private readonly SamplerAttribute? _card = make().GetType().GetCustomAttribute<SamplerAttribute>();
    private int? _steps;
    private List<int>? _budgets;

    internal ModelKind Kind => kind;

    /// <summary>
    /// The budgets that the sampler can honour, on a continuous schedule or else on a discrete one. An adaptive sampler has the host's
    /// safety limit alone.
    /// </summary>
    /// <exception cref="NothingToCheckException">There is none.</exception>
    internal IReadOnlyList<int> Budgets => _budgets ??= _card is { Adaptive: true } ? [AdaptiveLimit] : Find();

    /// <summary>The smallest and the largest.</summary>
    internal IEnumerable<int> Extremes => ((int[])[Budgets[0], Budgets[^1]]).Distinct();

    /// <summary>A new sampler bound to a new model.</summary>
    internal BoundSampler Bind(Action<torch.Tensor, torch.Tensor>? seen = null) => BoundSampler.Of(make(), Model(seen));

    /// <summary>The steps for a budget where the corruption needs so many; null if that is not applicable.</summary>
    internal int? Steps(int nfe, int fewest)
    {
        try
        {
            return BoundSampler.Of(make(), new TinyCorruption(Bench.Data.Shape) { MinSteps = fewest }).Levels(nfe).Count - 1;
        }
        catch (NotApplicableException)
        {
            return null;
        }
    }

    /// <summary>Samples a batch.</summary>
    /// <param name="nfe">The budget.</param>
    /// <param name="count">How many images.</param>
    /// <param name="first">The index of the first.</param>
    /// <param name="stop">The index of the level to stop at, or null for the last.</param>
    /// <param name="seen">Told of every evaluation.</param>
    /// <param name="cancellation">Asks to stop.</param>
    internal Sampled Run(
        int nfe, int count, int first = 0, int? stop = null, Action<torch.Tensor, torch.Tensor>? seen = null, CancellationToken cancellation = default)
    {
        using var grad = torch.no_grad();
        var bound = Bind(seen);
        var (levels, noise) = (bound.Levels(nfe), Bench.Noise(count, first, device: device));
        var start = bound.Model.Prior(levels[0], noise);
        using var before = Tensors.Keep(start);
        var meter = new EvaluationMeter(nfe, count, bound.Model.Networks, cancellation);
        var images = bound.Sample(meter, new()
        {
            Nfe = nfe,
            Levels = levels,
            Stop = stop ?? levels.Count - 1,
            Start = start,
            Noise = noise,
            Condition = _card is { ImposesKnown: true } ? Bench.HalfKnown(count, first, device) : null,
            Cancellation = cancellation,
        });
        var changed = start.IsInvalid ? "disposed" : Tensors.Bits(start) == Tensors.Bits(before) ? null : "changed in place";
        return new(images, start, changed, meter.Main);
    }

    private List<int> Find()
    {
        if (make().GetType().GetCustomAttribute<SamplerAttribute>() is { Adaptive: true })
        {
            return [CellAxes.Unlimited];
        }

        var (budgets, reason) = Honoured();
        if (budgets.Count == 0 && kind != ModelKind.Corruption)
        {
            _steps = DiscreteSteps;
            (budgets, _) = Honoured();
        }

        return budgets.Count > 0 ? budgets : throw new NothingToCheckException($"no budget from 1 to {MostEvaluations} is applicable: {reason}");
    }

    private (List<int> Budgets, string Reason) Honoured()
    {
        var (budgets, reason) = (new List<int>(), "");
        foreach (var nfe in Enumerable.Range(1, MostEvaluations))
        {
            try
            {
                _ = Bind().Levels(nfe);
                budgets.Add(nfe);
            }
            catch (NotApplicableException e)
            {
                reason = e.Message;
            }
        }

        return (budgets, reason);
    }

    private ITrainedModel Model(Action<torch.Tensor, torch.Tensor>? seen) => kind switch
    {
        ModelKind.Corruption => new TinyCorruption(Bench.Data.Shape) { Seen = seen },
        ModelKind.VarianceDenoiser => new TinyUncertainGaussian(Bench.Data.Shape, _steps) { Seen = seen },
        _ => new TinyGaussian(Bench.Data.Shape, _steps) { Seen = seen },
    };
}

/// <summary>What a sampler gave.</summary>
/// <param name="Images">The state at the stop level.</param>
/// <param name="Start">What it started from.</param>
/// <param name="Changed">What it did to the start; null if nothing.</param>
/// <param name="Evaluations">Evaluations an image.</param>
internal sealed record Sampled(torch.Tensor Images, torch.Tensor Start, string? Changed, double Evaluations);

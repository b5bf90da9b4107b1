using Dfx.Harness.Checking.Tiny;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>Whether a method honours how much, and in which portions, it is asked to train.</summary>
internal static class MethodBudgetChecks
{
    private const int Parts = 2;
    private const int Budget = 18;

    // Of outputs of order 1: rounding of float32, which Adam's quotients make larger.
    private const double Tolerance = 1e-3;

    internal static void Accumulates(Func<IMethod<ITrainedModel>> make)
    {
        var (once, inParts) = (new RowMeter(), new RowMeter());
        using var scope = torch.NewDisposeScope();
        var expected = Outputs(make(), once, settings => settings);
        var actual = Outputs(make(), inParts, settings => settings with { Accumulate = Parts });
        Expect.That(
            inParts.Largest * Parts <= once.Largest,
            $"with accumulate: {Parts} a network was given {inParts.Largest} images at once; without it is {once.Largest}");
        var distance = expected.Zip(actual, Tensors.Distance).Max();
        Expect.That(distance <= Tolerance, $"outputs of the models differ by {distance:g3}; {Tolerance:g1} is allowed");
    }

    internal static void Evaluations(Func<IMethod<ITrainedModel>> make)
    {
        var meter = new RowMeter();
        using var host = new MemoryHost();
        var context = Context(host, meter, settings => settings with { Evaluations = Budget, Steps = (Budget + settings.Batch - 1) / settings.Batch });
        using var model = make().Train(context);
        var missing = Bench.Checkpoints.Where(f => f < 1 && !host.Kept.ContainsKey(f)).ToList();
        Expect.That(missing.Count == 0, $"no checkpoint was kept at {string.Join(", ", missing)} of {Budget} evaluations");
        Expect.That(
            meter.Totals.Count == 0 || meter.Totals.Any(total => total is >= Budget and < 2 * Budget),
            $"with a budget of {Budget} evaluations the networks were trained with {string.Join(" and ", meter.Totals)} images");
    }

    private static List<torch.Tensor> Outputs(IMethod<ITrainedModel> method, RowMeter meter, Func<TrainingSettings, TrainingSettings> change)
    {
        using var host = new MemoryHost();
        using var model = method.Train(Context(host, meter, change));
        return [.. Probe.Levels(model).Select(level => Probe.Evaluate(model, Probe.State(model, level, 4), level))];
    }

    private static TrainingContext Context(MemoryHost host, RowMeter meter, Func<TrainingSettings, TrainingSettings> change)
    {
        var context = Bench.Training(host);
        return context with { Model = context.Model with { Meter = meter }, Settings = change(context.Settings) };
    }
}

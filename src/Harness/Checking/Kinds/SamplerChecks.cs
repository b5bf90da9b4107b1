using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>What the contract asks of a sampler, for every kind of model that it accepts.</summary>
internal static class SamplerChecks
{
    private const double RowTolerance = 1e-5;
    private const int FewSteps = 7;

    internal static IReadOnlyList<Check> Of(Func<object> make, IReadOnlyList<ModelKind> models) =>
        [.. models.SelectMany(kind => Of(new SamplerTrial(make, kind), models.Count > 1 ? $" ({kind})" : ""))];

    private static IEnumerable<Check> Of(SamplerTrial trial, string suffix)
    {
        // What fails on one of several kinds of model may be well on the next.
        var needed = suffix.Length == 0;
        yield return new(
            "levels" + suffix,
            "for budgets 1 to 20 at least two finite falling levels, the same at every call, or NotApplicableException",
            "compute the levels from schedule and budget alone",
            () => Levels(trial),
            needed);
        if (trial.Kind == ModelKind.Corruption)
        {
            yield return new(
                "fewest steps" + suffix,
                "a budget whose levels are fewer steps than the corruption's MinSteps is not applicable",
                "throw NotApplicableException in Levels where Corruption.MinSteps is more than the steps that fit",
                () => FewestSteps(trial));
        }

        yield return new(
            "budget" + suffix,
            "Sample evaluates the network at most as often as the budget says",
            "let Levels take the most steps that fit",
            () => Budget(trial),
            needed);
        yield return new(
            "outputs" + suffix,
            "a new finite tensor of the start's shape, dtype and device, outside of the graph",
            "start from Start.clone(), and keep float64",
            () => Outputs(trial));
        yield return new(
            "start" + suffix,
            "the start is left as it was",
            "start from Start.clone()",
            () => Start(trial));
        yield return new(
            "same noise" + suffix,
            "equal requests give equal samples, bit for bit",
            "take every random number from the request's Noise",
            () => SameNoise(trial));
        yield return new(
            "rows" + suffix,
            "sample i is the same in any batch",
            "let no sample see another, and draw the same number of times for every batch",
            () => Rows(trial));
        yield return new(
            "stop" + suffix,
            "a run that stops earlier takes the same steps until there",
            "go through request.Walk(…), or request.Steps() and return the state at Stop",
            () => Stop(trial));
        yield return new(
            "cancellation" + suffix,
            "a token that asks to stop ends Sample with OperationCanceledException",
            "go through request.Walk(…), and let the exception of the model's call pass",
            () => Cancellation(trial));
        yield return new(
            "tensors" + suffix,
            "no tensor outlives a run, and a step leaves none behind",
            "go through request.Walk(…), or open a dispose scope every step",
            () => Leaks.Refuse(nfe => trial.Run(nfe, 2), trial.Budgets[0], trial.Budgets[^1]));
    }

    private static void Levels(SamplerTrial trial)
    {
        foreach (var nfe in trial.Budgets)
        {
            var (levels, again) = (trial.Bind().Levels(nfe), trial.Bind().Levels(nfe));
            var text = string.Join(", ", levels);
            Expect.That(levels.Count >= 2, $"for budget {nfe} there are {levels.Count} levels: {text}");
            Expect.That(levels.All(double.IsFinite) && levels[^1] >= 0, $"for budget {nfe} a level is negative or not finite: {text}");
            Expect.That(levels.Zip(levels.Skip(1)).All(pair => pair.First > pair.Second), $"for budget {nfe} the levels do not fall: {text}");
            Expect.That(levels.SequenceEqual(again), $"for budget {nfe} two calls gave different levels");
        }
    }

    private static void FewestSteps(SamplerTrial trial)
    {
        foreach (var nfe in trial.Budgets)
        {
            var steps = trial.Steps(nfe, FewSteps);
            Expect.That(steps is not < FewSteps, $"for budget {nfe} there are {steps} steps, where the corruption needs {FewSteps}");
        }
    }

    private static void Budget(SamplerTrial trial)
    {
        foreach (var nfe in trial.Budgets)
        {
            try
            {
                Expect.That(trial.Run(nfe, 2).Evaluations > 0, $"for budget {nfe} the network was never evaluated");
            }
            catch (Exception e) when (e is InvalidOperationException or NotApplicableException)
            {
                throw new BreachException(e.Message);
            }
        }
    }

    private static void Outputs(SamplerTrial trial)
    {
        foreach (var nfe in trial.Extremes)
        {
            var run = trial.Run(nfe, 2);
            Tensors.Like(run.Images, run.Start, $"for budget {nfe} the result");
            Expect.That(!ReferenceEquals(run.Images, run.Start), $"the result is the start itself");
        }
    }

    private static void Start(SamplerTrial trial)
    {
        foreach (var nfe in trial.Extremes)
        {
            var changed = trial.Run(nfe, 2).Changed;
            Expect.That(changed is null, $"for budget {nfe} the start was {changed}");
        }
    }

    private static void SameNoise(SamplerTrial trial)
    {
        foreach (var nfe in trial.Extremes)
        {
            Expect.That(Tensors.Bits(trial.Run(nfe, 2).Images) == Tensors.Bits(trial.Run(nfe, 2).Images), $"for budget {nfe} two runs differ");
        }
    }

    private static void Rows(SamplerTrial trial)
    {
        foreach (var nfe in trial.Extremes)
        {
            var distance = Tensors.Distance(trial.Run(nfe, 1, first: 5).Images, trial.Run(nfe, 8).Images.narrow(0, 5, 1));
            Expect.That(
                distance <= RowTolerance,
                $"for budget {nfe} sample 5 of 8 differs by {distance:g3} from the sample alone; {RowTolerance:g1} is allowed");
        }
    }

    private static void Stop(SamplerTrial trial)
    {
        var nfe = trial.Budgets[^1];
        var levels = trial.Bind().Levels(nfe).Count;
        if (levels < 3)
        {
            throw new NothingToCheckException($"for budget {nfe} there is no level between the first and the last");
        }

        List<string> whole = [], part = [];
        _ = trial.Run(nfe, 2, seen: (x, level) => whole.Add(Tensors.Bits(x) + Tensors.Bits(level)));
        var stopped = trial.Run(nfe, 2, stop: levels / 2, seen: (x, level) => part.Add(Tensors.Bits(x) + Tensors.Bits(level)));
        Tensors.Like(stopped.Images, stopped.Start, "the state at the stop level");
        Expect.That(
            part.Count > 0 && part.Count < whole.Count,
            $"stopping at level {levels / 2} of {levels - 1} took {part.Count} evaluations; the whole run takes {whole.Count}");
        var differs = part.Zip(whole).ToList().FindIndex(pair => pair.First != pair.Second);
        Expect.That(differs < 0, $"stopping at level {levels / 2} of {levels - 1}, evaluation {differs + 1} differs from that of the whole run");
    }

    private static void Cancellation(SamplerTrial trial) => Expect.Throws<OperationCanceledException>(
        () => trial.Run(trial.Budgets[^1], 2, cancellation: new(canceled: true)), "Sample went on to its end");
}

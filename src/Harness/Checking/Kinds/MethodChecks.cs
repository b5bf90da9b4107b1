using Dfx.Harness.Checking.Tiny;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>What the contract asks of a method.</summary>
internal static class MethodChecks
{
    private const double RowTolerance = 1e-4;

    internal static IReadOnlyList<Check> Of(Func<IMethod<ITrainedModel>> make) =>
    [
        new(
            "trains",
            "Train ends, a finite model is kept at every checkpoint, and it has the noise schedule that the method told before",
            "call Host.Keep after StepOf(fraction) steps; lower the learning rate if numbers are not finite; return one schedule from both",
            () => Trains(make), Needed: true),
        new(
            "outputs",
            "new finite tensors of x's shape, dtype and device, outside of the graph, for float32 and float64",
            "cast at the network's border, cast back, and run it under torch.no_grad()",
            () => Outputs(make)),
        new(
            "same seed",
            "equal contexts give equal models, bit for bit",
            "take every random number from TrainingContext.Noise, and read no clock",
            () => SameSeed(make)),
        new(
            "other seed",
            "another seed gives another model",
            "key initial weights and batches by ModelContext.Seed",
            () => OtherSeed(make)),
        new(
            "loads",
            "Load(ToCheckpoint()) gives bit-equal outputs, also after the checkpoint's tensors are disposed",
            "put all that outputs depend on into the checkpoint, and copy what Load keeps",
            () => Loads(make)),
        new(
            "networks",
            "every network that runs is among the model's Networks, and a call of the model runs it as often as its card says",
            "list the cards of all networks that the model holds, and set EvaluationsPerCall",
            () => Networks(make)),
        new(
            "rows",
            "a row of a batch comes out as it does alone",
            "let no image see another: no batch statistics, networks in evaluation mode",
            () => Rows(make)),
        new(
            "resumes",
            "a run that was interrupted and goes on from its state ends with the same bits",
            "save all that the next step depends on, and draw random numbers by the step",
            () => Resumes(make)),
        new(
            "accumulates",
            "a batch in two parts trains the same model within rounding, and no network is given more than a part at once",
            "call the loss with each of TrainingBatch.Parts, and draw what is one number for all images from TrainingBatch.Whole",
            () => MethodBudgetChecks.Accumulates(make)),
        new(
            "evaluations",
            "a budget in training evaluations ends the run where it is spent, with every checkpoint",
            "train by TrainingLoop, or stop when the network has been trained with TrainingSettings.Evaluations images",
            () => MethodBudgetChecks.Evaluations(make)),
        new(
            "stops",
            "a token that asks to stop ends Train with OperationCanceledException",
            "call Cancellation.ThrowIfCancellationRequested() every step",
            () => Stops(make)),
        new(
            "threads",
            "the number of threads stays as it was",
            "leave torch.set_num_threads to the host",
            () => Threads(make)),
        new(
            "tensors",
            "no tensor outlives a run, and a step leaves none behind",
            "open a dispose scope every step; dispose optimizers and networks",
            () => Leaks.Refuse(steps => Train(make(), new(), steps: steps), Bench.Steps, 2 * Bench.Steps)),
    ];

    private static void Trains(Func<IMethod<ITrainedModel>> make)
    {
        using var host = new MemoryHost();
        using var model = make().Train(Bench.Training(host));
        Expect.That(model is not null, $"Train returned null");
        KeepLast(host, model!);
        Expect.That(
            host.Kept.Keys.SequenceEqual(Bench.Checkpoints),
            $"checkpoints were kept at {string.Join(", ", host.Kept.Keys)} instead of {string.Join(", ", Bench.Checkpoints)}");
        Expect.That(host.NotFinite.Count == 0, $"not finite everywhere: {string.Join(", ", host.NotFinite)}");
        Expect.That(model!.Shape == Bench.Data.Shape, $"the model's shape is {model.Shape}; the data are {Bench.Data.Shape}");
        Expect.That(model.Networks.Any(n => n.Role == NetworkRole.Main), $"the model names no main network");
        if (make() is IScheduledMethod { Schedule: var told })
        {
            var range = ((model as IDenoiser)?.Schedule.SigmaMin, (model as IDenoiser)?.Schedule.SigmaMax);
            Expect.That(range == (told.SigmaMin, told.SigmaMax), $"its schedule goes from {range.SigmaMax} to {range.SigmaMin}, and the method told {told.SigmaMax} to {told.SigmaMin}");
        }
    }

    private static void Outputs(Func<IMethod<ITrainedModel>> make)
    {
        using var host = new MemoryHost();
        using var model = make().Train(Bench.Training(host));
        foreach (var dtype in (torch.ScalarType[])[torch.ScalarType.Float32, torch.ScalarType.Float64])
        {
            foreach (var level in Probe.Levels(model))
            {
                var x = Probe.State(model, level, 2, dtype: dtype);
                Tensors.Like(Probe.Evaluate(model, x, level), x, FormattableString.Invariant($"the output at level {level:g4}"));
                Variance(model, x, level);
            }
        }

        var prior = model.Prior(Probe.Levels(model)[^1], Bench.Noise(2));
        Tensors.Like(prior, Bench.Noise(2).Normal(), "the prior's draw");
    }

    private static void Variance(ITrainedModel model, torch.Tensor x, double level)
    {
        if (model is IVarianceDenoiser uncertain)
        {
            var (mean, variance) = uncertain.DenoiseWithVariance(x, Probe.Fill(x, level));
            Tensors.Like(mean, x, "the mean");
            Tensors.Like(variance.expand(x.shape), x, "the variance");
            Expect.That(variance.min().ToDouble() >= 0, $"the variance at level {level:g4} is negative somewhere");
        }
    }

    private static void SameSeed(Func<IMethod<ITrainedModel>> make)
    {
        var (one, other) = (Train(make(), new()), Train(make(), new()));
        RefuseDifference(one, other, "two runs");
    }

    private static void OtherSeed(Func<IMethod<ITrainedModel>> make)
    {
        using var host = new MemoryHost();
        using var model = make().Train(Bench.Training(host, seed: 2));
        if (model.Networks.Sum(n => n.Parameters) == 0)
        {
            throw new NothingToCheckException("the model has no parameters");
        }

        Expect.That(Train(make(), new())[1.0] != Tensors.Bits(model.ToCheckpoint()), $"seeds 1 and 2 gave the same model");
    }

    private static void Loads(Func<IMethod<ITrainedModel>> make)
    {
        using var host = new MemoryHost();
        using var model = make().Train(Bench.Training(host));
        var stored = Bench.Stored(model.ToCheckpoint());
        using var loaded = make().Load(stored, Bench.Model());
        Bench.Free(stored);
        Expect.That(Probe.Bits(loaded) == Probe.Bits(model), $"the loaded model's outputs differ from the trained one's");
        Expect.That(loaded.Shape == model.Shape, $"the loaded model's shape is {loaded.Shape}, not {model.Shape}");
        Expect.That(loaded.Networks.SequenceEqual(model.Networks), $"the loaded model has other network cards");
    }

    private static void Networks(Func<IMethod<ITrainedModel>> make)
    {
        using var host = new MemoryHost();
        using var trained = make().Train(Bench.Training(host));
        var stored = Bench.Stored(trained.ToCheckpoint());
        var reports = new Reports();
        using var model = make().Load(stored, Bench.Model(meter: reports));
        Bench.Free(stored);
        NetworkChecks.OfModel(model, reports);
    }

    private static void Rows(Func<IMethod<ITrainedModel>> make)
    {
        using var host = new MemoryHost();
        using var model = make().Train(Bench.Training(host));
        foreach (var level in Probe.Levels(model))
        {
            var whole = Probe.Evaluate(model, Probe.State(model, level, 8), level);
            var alone = Probe.Evaluate(model, Probe.State(model, level, 1, first: 5), level);
            var distance = Tensors.Distance(alone, whole.narrow(0, 5, 1));
            Expect.That(
                distance <= RowTolerance,
                $"at level {level:g4} row 5 of 8 differs by {distance:g3} from the row alone; {RowTolerance:g1} is allowed");
        }
    }

    private static void Resumes(Func<IMethod<ITrainedModel>> make)
    {
        var whole = Train(make(), new());
        foreach (var saves in (int[])[2, 4])
        {
            using var first = new MemoryHost(null, saves);
            var stopped = Interrupted(make(), first);
            var state = first.Saved ?? throw new NothingToCheckException("the method saved no state, though one was due at every step; an interrupted run starts again");
            Expect.That(
                stopped || !first.Interruption.IsCancellationRequested,
                $"Train went on to its end after the token asked to stop at step {state.Step}");
            var resumed = Train(make(), new(state));
            RefuseDifference(whole, new(first.Kept.Concat(resumed).GroupBy(k => k.Key).ToDictionary(g => g.Key, g => g.Last().Value)), $"a run and one resumed at step {state.Step}");
        }
    }

    private static bool Interrupted(IMethod<ITrainedModel> method, MemoryHost host)
    {
        try
        {
            method.Train(Bench.Training(host, cancellation: host.Interruption)).Dispose();
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static void Stops(Func<IMethod<ITrainedModel>> make)
    {
        using var host = new MemoryHost();
        Expect.Throws<OperationCanceledException>(
            () => make().Train(Bench.Training(host, cancellation: new(canceled: true))).Dispose(), "Train went on to its end");
    }

    private static void Threads(Func<IMethod<ITrainedModel>> make)
    {
        var before = torch.get_num_threads();
        _ = Train(make(), new());
        Expect.That(torch.get_num_threads() == before, $"there were {before} threads and are {torch.get_num_threads()}");
    }

    /// <summary>Trains; hashes of what was kept, with the model of the end.</summary>
    private static SortedDictionary<double, string> Train(IMethod<ITrainedModel> method, MemoryHost host, int steps = Bench.Steps)
    {
        using (host)
        {
            using var model = method.Train(Bench.Training(host, steps: steps));
            KeepLast(host, model);
            return host.Kept;
        }
    }

    private static void KeepLast(MemoryHost host, ITrainedModel model)
    {
        if (!host.Kept.ContainsKey(1.0))
        {
            host.Keep(1.0, model.ToCheckpoint());
        }
    }

    private static void RefuseDifference(SortedDictionary<double, string> one, SortedDictionary<double, string> other, string what)
    {
        foreach (var (fraction, bits) in one)
        {
            var difference = Tensors.Difference(bits, other.GetValueOrDefault(fraction, ""));
            Expect.That(difference is null, $"{what} differ in {difference} at checkpoint {fraction}");
        }
    }
}

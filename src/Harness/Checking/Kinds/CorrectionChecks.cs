using Dfx.Harness.Checking.Tiny;
using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>What the contract asks of a correction.</summary>
internal static class CorrectionChecks
{
    /// <summary>Why nothing of a pupil can be trained here.</summary>
    internal const string NoTeacher = "it learns from a larger correction, and which one only a matrix says";

    /// <param name="make">Makes an instance.</param>
    /// <param name="traits">What its card declares: where it learns nothing, there is no training to check.</param>
    /// <param name="work">A folder for what it collects.</param>
    internal static IReadOnlyList<Check> Of(Func<ICorrection> make, PluginTraits traits, string work)
    {
        var trial = new CorrectionTrial(make, traits, work);
        return trial.Untrained ? [Made(trial), .. Applied(trial)]
            : trial.NeedsTeacher ? [.. Collected(trial), Taught]
            : [.. Collected(trial), Trained(trial), .. Applied(trial), .. Training(trial)];
    }

    private static Check Taught { get; } = new(
        "trains",
        "Train ends with a finite correction",
        "test it with a teacher",
        () => throw new NothingToCheckException(NoTeacher));

    /// <summary>Applies a correction once, to states at the level that it takes over at.</summary>
    internal static void Use(ITrainedCorrection correction)
    {
        var (y, sigma) = State(correction, torch.ScalarType.Float64);
        _ = Applied(correction, y, sigma);
    }

    private static IReadOnlyList<Check> Collected(CorrectionTrial trial) => trial.Make() is ICollectingCorrection ? CollectionChecks.Of(trial) : [];

    private static Check Made(CorrectionTrial trial) => new(
        "loads",
        "Load makes it from an empty checkpoint, and ToCheckpoint has no tensors",
        "what learns nothing keeps nothing: make it from its options",
        () => Empty(trial), Needed: true);

    private static Check Trained(CorrectionTrial trial) => new(
        "trains",
        "Train ends with a finite correction",
        "mend what threw, at the place that is named",
        () => Trains(trial), Needed: true);

    private static IReadOnlyList<Check> Applied(CorrectionTrial trial) =>
    [
        new(
            "stop index",
            "an index of at least 1 whose level is above 0, or NotApplicableException",
            "choose among the levels between the first and the clean one",
            () => StopIndex(trial)),
        new(
            "outputs",
            "new finite tensors of y's shape, dtype and device, outside of the graph, for float32 and float64",
            "cast at the network's border, cast back, and run it under torch.no_grad()",
            () => Outputs(trial)),
        new(
            "networks",
            "the network that runs is the one whose card the correction shows",
            "return its card from Network",
            () => Networks(trial)),
    ];

    private static IReadOnlyList<Check> Training(CorrectionTrial trial) =>
    [
        new(
            "same seed",
            "equal contexts give equal corrections, bit for bit",
            "take every random number from TrainingContext.Noise, and read no clock",
            () => SameSeed(trial)),
        new(
            "checkpoints",
            "one is kept at every fraction below 1 that the settings ask for, and it loads",
            "call Host.Keep at each of the settings' fractions below 1",
            () => Checkpoints(trial)),
        new(
            "loads",
            "Load(ToCheckpoint()) gives bit-equal outputs, also after the checkpoint's tensors are disposed",
            "put all that outputs depend on into the checkpoint, and copy what Load keeps",
            () => Loads(trial)),
        new(
            "resumes",
            "a run that was interrupted and goes on from its state ends with the same bits",
            "save all that the next step depends on, and draw random numbers by the step",
            () => Resumes(trial)),
        new(
            "stops",
            "a token that asks to stop ends Train with OperationCanceledException",
            "call Cancellation.ThrowIfCancellationRequested() every step",
            () => Stops(trial)),
        new(
            "tensors",
            "no tensor outlives a run, and a step leaves none behind",
            "open a dispose scope every step; dispose optimizers and networks",
            () => Leaks.Refuse(steps => trial.Trained(steps: steps).Dispose(), Bench.Steps, 2 * Bench.Steps)),
    ];

    private static void Empty(CorrectionTrial trial)
    {
        using var correction = trial.Trained();
        Expect.That(correction.ToCheckpoint().Tensors.Count == 0, $"ToCheckpoint has {correction.ToCheckpoint().Tensors.Count} tensors");
    }

    private static void Checkpoints(CorrectionTrial trial)
    {
        using var host = new MemoryHost();
        trial.Trained(host).Dispose();
        var missing = Bench.Checkpoints.Where(fraction => fraction < 1 && !host.Kept.ContainsKey(fraction)).ToList();
        Expect.That(missing.Count == 0, $"none was kept at {string.Join(", ", missing)}");
    }

    private static void Trains(CorrectionTrial trial)
    {
        using var correction = trial.Trained();
        var bad = correction.ToCheckpoint().Tensors.Where(t => !Tensors.IsFinite(t.Value)).Select(t => t.Key).ToList();
        Expect.That(bad.Count == 0, $"not finite everywhere: {string.Join(", ", bad)}");
    }

    private static void StopIndex(CorrectionTrial trial)
    {
        using var correction = trial.Trained();
        var refusals = new List<string>();
        foreach (var steps in (int[])[2, 5, 10, 18, 35])
        {
            try
            {
                var index = correction.StopIndex(Sigmas(steps));
                Expect.That(index >= 1 && index < steps, $"for {steps} steps it asked for level {index}; the levels between are 1 to {steps - 1}");
            }
            catch (NotApplicableException e)
            {
                refusals.Add(e.Message);
            }
        }

        if (refusals.Count == 5)
        {
            throw new NothingToCheckException(refusals[0]);
        }
    }

    private static void Outputs(CorrectionTrial trial)
    {
        using var correction = trial.Trained();
        RefuseUnused(correction);
        foreach (var dtype in (torch.ScalarType[])[torch.ScalarType.Float32, torch.ScalarType.Float64])
        {
            var (y, sigma) = State(correction, dtype);
            Tensors.Like(Applied(correction, y, sigma), y, FormattableString.Invariant($"the output at level {sigma:g4}"));
        }
    }

    private static void RefuseUnused(ITrainedCorrection correction)
    {
        if (correction is IMatchedControl)
        {
            throw new NothingToCheckException("a matched control is never applied");
        }
    }

    private static void Networks(CorrectionTrial trial)
    {
        using var trained = trial.Trained();
        RefuseUnused(trained);
        var stored = Bench.Stored(trained.ToCheckpoint());
        var reports = new Reports();
        using var correction = trial.Make().Load(stored, Bench.Model(meter: reports));
        Bench.Free(stored);
        var (y, sigma) = State(correction, torch.ScalarType.Float64);
        _ = Applied(correction, y, sigma);
        NetworkChecks.OfCorrection(correction.Network, reports);
    }

    private static void SameSeed(CorrectionTrial trial)
    {
        using var one = trial.Trained();
        using var other = trial.Trained();
        var difference = Tensors.Difference(Tensors.Bits(one.ToCheckpoint()), Tensors.Bits(other.ToCheckpoint()));
        Expect.That(difference is null, $"two runs differ in {difference}");
    }

    private static void Loads(CorrectionTrial trial)
    {
        using var correction = trial.Trained();
        var stored = Bench.Stored(correction.ToCheckpoint());
        using var loaded = trial.Make().Load(stored, Bench.Model());
        Bench.Free(stored);
        var (y, sigma) = State(correction, torch.ScalarType.Float64);
        Expect.That(
            Tensors.Bits(Applied(loaded, y, sigma)) == Tensors.Bits(Applied(correction, y, sigma)),
            $"the loaded correction's outputs differ from the trained one's");
        Expect.That(loaded.Network == correction.Network, $"the loaded correction has another network card");
    }

    private static void Stops(CorrectionTrial trial) => Expect.Throws<OperationCanceledException>(
        () => trial.Trained(cancellation: new(canceled: true)).Dispose(), "Train went on to its end");

    private static void Resumes(CorrectionTrial trial)
    {
        using var whole = trial.Trained();
        foreach (var saves in (int[])[2, 4])
        {
            using var first = new MemoryHost(null, saves);
            var stopped = Interrupted(trial, first);
            var state = first.Saved ?? throw new NothingToCheckException("the correction saved no state, though one was due at every step; an interrupted run starts again");
            Expect.That(
                stopped || !first.Interruption.IsCancellationRequested,
                $"Train went on to its end after the token asked to stop at step {state.Step}");
            using var second = new MemoryHost(state);
            using var resumed = trial.Trained(second);
            var difference = Tensors.Difference(Tensors.Bits(whole.ToCheckpoint()), Tensors.Bits(resumed.ToCheckpoint()));
            Expect.That(difference is null, $"a run and one resumed at step {state.Step} differ in {difference}");
        }
    }

    private static bool Interrupted(CorrectionTrial trial, MemoryHost host)
    {
        try
        {
            trial.Trained(host, cancellation: host.Interruption).Dispose();
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static torch.Tensor Applied(ITrainedCorrection correction, torch.Tensor y, double sigma)
    {
        using var target = new TinyGaussian(Bench.Data.Shape);
        return correction.Apply(new() { State = y, Sigma = sigma, Target = target });
    }

    /// <summary>States at the level that the correction takes over at.</summary>
    private static (torch.Tensor Y, double Sigma) State(ITrainedCorrection correction, torch.ScalarType dtype)
    {
        using var source = new TinyGaussian(Bench.Data.Shape);
        var sigmas = Sigmas(18);
        var sigma = sigmas[correction.StopIndex(sigmas)];
        return (Probe.State(source, sigma, 4, dtype: dtype), sigma);
    }

    /// <summary>Levels as in Karras et al. 2022, Eq. 5, and the clean one.</summary>
    private static double[] Sigmas(int steps)
    {
        var (high, low) = (Math.Pow(80, 1 / 7.0), Math.Pow(0.002, 1 / 7.0));
        return [.. Enumerable.Range(0, steps).Select(i => Math.Pow(high + (i / (steps - 1.0) * (low - high)), 7)), 0];
    }
}

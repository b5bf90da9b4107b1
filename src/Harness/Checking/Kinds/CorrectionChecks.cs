using Dfx.Harness.Checking.Tiny;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>What the contract asks of a correction.</summary>
internal static class CorrectionChecks
{
    internal static IReadOnlyList<Check> Of(Func<ICorrection> make) =>
    [
        new(
            "trains",
            "Train ends with a finite correction",
            "mend what threw, at the place that is named",
            () => Trains(make), Needed: true),
        new(
            "stop index",
            "an index of at least 1 whose level is above 0, or NotApplicableException",
            "choose among the levels between the first and the clean one",
            () => StopIndex(make)),
        new(
            "outputs",
            "new finite tensors of y's shape, dtype and device, outside of the graph, for float32 and float64",
            "cast at the network's border, cast back, and run it under torch.no_grad()",
            () => Outputs(make)),
        new(
            "networks",
            "the network that runs is the one whose card the correction shows",
            "return its card from Network",
            () => Networks(make)),
        new(
            "same seed",
            "equal contexts give equal corrections, bit for bit",
            "take every random number from TrainingContext.Noise, and read no clock",
            () => SameSeed(make)),
        new(
            "loads",
            "Load(ToCheckpoint()) gives bit-equal outputs, also after the checkpoint's tensors are disposed",
            "put all that outputs depend on into the checkpoint, and copy what Load keeps",
            () => Loads(make)),
        new(
            "resumes",
            "a run that was interrupted and goes on from its state ends with the same bits",
            "save all that the next step depends on, and draw random numbers by the step",
            () => Resumes(make)),
        new(
            "stops",
            "a token that asks to stop ends Train with OperationCanceledException",
            "call Cancellation.ThrowIfCancellationRequested() every step",
            () => Stops(make)),
        new(
            "tensors",
            "no tensor outlives a run, and a step leaves none behind",
            "open a dispose scope every step; dispose optimizers and networks",
            () => Leaks.Refuse(steps => Train(make(), steps: steps).Dispose(), Bench.Steps, 2 * Bench.Steps)),
    ];

    private static void Trains(Func<ICorrection> make)
    {
        using var correction = Train(make());
        var bad = correction.ToCheckpoint().Tensors.Where(t => !Tensors.IsFinite(t.Value)).Select(t => t.Key).ToList();
        Expect.That(bad.Count == 0, $"not finite everywhere: {string.Join(", ", bad)}");
    }

    private static void StopIndex(Func<ICorrection> make)
    {
        using var correction = Train(make());
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

    private static void Outputs(Func<ICorrection> make)
    {
        using var correction = Train(make());
        foreach (var dtype in (torch.ScalarType[])[torch.ScalarType.Float32, torch.ScalarType.Float64])
        {
            var (y, sigma) = State(correction, dtype);
            Tensors.Like(Applied(correction, y, sigma), y, FormattableString.Invariant($"the output at level {sigma:g4}"));
        }
    }

    private static void Networks(Func<ICorrection> make)
    {
        using var trained = Train(make());
        var stored = Bench.Stored(trained.ToCheckpoint());
        var reports = new Reports();
        using var correction = make().Load(stored, Bench.Model(meter: reports));
        Bench.Free(stored);
        var (y, sigma) = State(correction, torch.ScalarType.Float64);
        _ = Applied(correction, y, sigma);
        NetworkChecks.OfCorrection(correction.Network, reports);
    }

    private static void SameSeed(Func<ICorrection> make)
    {
        using var one = Train(make());
        using var other = Train(make());
        var difference = Tensors.Difference(Tensors.Bits(one.ToCheckpoint()), Tensors.Bits(other.ToCheckpoint()));
        Expect.That(difference is null, $"two runs differ in {difference}");
    }

    private static void Loads(Func<ICorrection> make)
    {
        using var correction = Train(make());
        var stored = Bench.Stored(correction.ToCheckpoint());
        using var loaded = make().Load(stored, Bench.Model());
        Bench.Free(stored);
        var (y, sigma) = State(correction, torch.ScalarType.Float64);
        Expect.That(
            Tensors.Bits(Applied(loaded, y, sigma)) == Tensors.Bits(Applied(correction, y, sigma)),
            $"the loaded correction's outputs differ from the trained one's");
        Expect.That(loaded.Network == correction.Network, $"the loaded correction has another network card");
    }

    private static void Stops(Func<ICorrection> make) => Expect.Throws<OperationCanceledException>(
        () => Train(make(), cancellation: new(canceled: true)).Dispose(), "Train went on to its end");

    private static void Resumes(Func<ICorrection> make)
    {
        using var whole = Train(make());
        foreach (var saves in (int[])[2, 4])
        {
            using var first = new MemoryHost(null, saves);
            var stopped = Interrupted(make(), first);
            var state = first.Saved ?? throw new NothingToCheckException("the correction saved no state, though one was due at every step; an interrupted run starts again");
            Expect.That(
                stopped || !first.Interruption.IsCancellationRequested,
                $"Train went on to its end after the token asked to stop at step {state.Step}");
            using var second = new MemoryHost(state);
            using var resumed = Train(make(), second);
            var difference = Tensors.Difference(Tensors.Bits(whole.ToCheckpoint()), Tensors.Bits(resumed.ToCheckpoint()));
            Expect.That(difference is null, $"a run and one resumed at step {state.Step} differ in {difference}");
        }
    }

    private static bool Interrupted(ICorrection correction, MemoryHost host)
    {
        try
        {
            Train(correction, host, cancellation: host.Interruption).Dispose();
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private static ITrainedCorrection Train(
        ICorrection correction, MemoryHost? given = null, int steps = Bench.Steps, CancellationToken cancellation = default)
    {
        using var own = new MemoryHost();
        var host = given ?? own;
        using var source = new TinyGaussian(Bench.Data.Shape);
        return correction.Train(new() { Source = source, Training = Bench.Training(host, steps: steps, cancellation: cancellation) });
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

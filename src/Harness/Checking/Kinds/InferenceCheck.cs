using Dfx.Harness.Checking.Tiny;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>Whether an option that is marked with <see cref="InferenceAttribute"/> changes nothing that is trained.</summary>
internal static class InferenceCheck
{
    /// <param name="option">What a matrix file calls the option.</param>
    /// <param name="usual">The type with its defaults.</param>
    /// <param name="other">The type with another value of the option; null if none is known.</param>
    internal static Check Of(string option, InferenceTrial usual, InferenceTrial? other) => new(
        $"inference {option}",
        $"Train keeps the same bits whatever '{option}' is, and Load takes them with any value of it",
        "read the option in what Load makes alone and keep it out of checkpoints, or take [Inference] from it, so that each value is trained",
        () => Run(option, usual, other ?? throw new NothingToCheckException($"no other value of '{option}' than its default is known")));

    private static void Run(string option, InferenceTrial usual, InferenceTrial other)
    {
        var (kept, stored) = usual.Train();
        try
        {
            var (others, last) = other.Train();
            Bench.Free(last);
            foreach (var (fraction, bits) in kept)
            {
                var difference = Tensors.Difference(bits, others.GetValueOrDefault(fraction, ""));
                Expect.That(difference is null, $"another value of '{option}' was trained to something else: {difference} differs at checkpoint {fraction}");
            }

            other.Use(stored);
        }
        finally
        {
            Bench.Free(stored);
        }
    }
}

/// <summary>A type with some values of its options, trained and used.</summary>
/// <param name="Train">Trains it: hashes of what was kept, by the fraction of the training, and a copy of the last, which the caller frees.</param>
/// <param name="Use">Loads such a copy and uses what was loaded.</param>
internal sealed record InferenceTrial(Func<(SortedDictionary<double, string> Kept, Checkpoint Last)> Train, Action<Checkpoint> Use)
{
    internal static InferenceTrial Of(Func<IMethod<ITrainedModel>> make)
    {
        return new(() => Kept(host => make().Train(Bench.Training(host)), model => model.ToCheckpoint()), Use);

        void Use(Checkpoint stored)
        {
            using var loaded = make().Load(stored, Bench.Model());
            _ = Probe.Bits(loaded);
        }
    }

    internal static InferenceTrial Of(CorrectionTrial trial)
    {
        return new(
            () => trial.NeedsTeacher ? throw new NothingToCheckException(CorrectionChecks.NoTeacher) : Kept(host => trial.Trained(host), correction => correction.ToCheckpoint()),
            Use);

        void Use(Checkpoint stored)
        {
            using var loaded = trial.Make().Load(stored, Bench.Model());
            CorrectionChecks.Use(loaded);
        }
    }

    private static (SortedDictionary<double, string> Kept, Checkpoint Last) Kept<T>(Func<MemoryHost, T> train, Func<T, Checkpoint> last)
        where T : IDisposable
    {
        using var host = new MemoryHost();
        using var trained = train(host);
        var end = last(trained);
        host.Keep(1.0, end);
        return (host.Kept, Bench.Stored(end));
    }
}

using Dfx.Harness.Checking.Tiny;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>Whether an option of a method that is marked with <see cref="InferenceAttribute"/> changes nothing that is trained.</summary>
internal static class InferenceCheck
{
    /// <param name="option">What a matrix file calls the option.</param>
    /// <param name="make">Makes the method with its defaults.</param>
    /// <param name="other">Makes it with another value of the option; null if none is known.</param>
    internal static Check Of(string option, Func<IMethod<ITrainedModel>> make, Func<IMethod<ITrainedModel>>? other) => new(
        $"inference {option}",
        $"Train keeps the same bits whatever '{option}' is, and Load takes them with any value of it",
        "read the option in Load's model alone and keep it out of checkpoints, or take [Inference] from it, so that each value is trained",
        () => Run(option, make, other ?? throw new NothingToCheckException($"no other value of '{option}' than its default is known")));

    private static void Run(string option, Func<IMethod<ITrainedModel>> make, Func<IMethod<ITrainedModel>> other)
    {
        var (kept, stored) = Train(make());
        try
        {
            var (others, last) = Train(other());
            Bench.Free(last);
            foreach (var (fraction, bits) in kept)
            {
                var difference = Tensors.Difference(bits, others.GetValueOrDefault(fraction, ""));
                Expect.That(difference is null, $"another value of '{option}' was trained to something else: {difference} differs at checkpoint {fraction}");
            }

            using var loaded = other().Load(stored, Bench.Model());
            _ = Probe.Bits(loaded);
        }
        finally
        {
            Bench.Free(stored);
        }
    }

    /// <summary>Hashes of what was kept, and a copy of the last.</summary>
    private static (SortedDictionary<double, string> Kept, Checkpoint Last) Train(IMethod<ITrainedModel> method)
    {
        using var host = new MemoryHost();
        using var model = method.Train(Bench.Training(host));
        var last = model.ToCheckpoint();
        host.Keep(1.0, last);
        return (host.Kept, Bench.Stored(last));
    }
}

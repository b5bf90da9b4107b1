namespace Dfx.Numerics;

/// <summary>What both implementations of <see cref="MovingAverage"/> demand of their arguments.</summary>
internal static class MovingAverageCheck
{
    internal static void Arguments(IReadOnlyList<torch.Tensor> averages, IReadOnlyList<torch.Tensor> currents, double decay)
    {
        if (averages.Count != currents.Count)
        {
            throw new ArgumentException($"{averages.Count} averages for {currents.Count} tensors.", nameof(averages));
        }

        for (var i = 0; i < averages.Count; i++)
        {
            if (!averages[i].shape.SequenceEqual(currents[i].shape))
            {
                throw new ArgumentException(
                    $"Average {i} has shape [{string.Join(", ", averages[i].shape)}], its tensor [{string.Join(", ", currents[i].shape)}].", nameof(averages));
            }
        }

        if (decay is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"A decay lies in [0, 1], got {decay}.", nameof(decay));
        }
    }
}

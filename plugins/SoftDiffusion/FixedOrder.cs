using Dfx.Numerics.Noise;

namespace Dfx.SoftDiffusion;

/// <summary>Training images in a random order that depends on their number alone: always the same ones of a dataset, whatever the seed of a run.</summary>
internal static class FixedOrder
{
    /// <summary>The indices of the first images of an order.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="purpose">What they are for: each purpose has an order of its own.</param>
    /// <param name="count">How many, at most all.</param>
    internal static int[] First(IDataSource data, string purpose, int count)
    {
        var order = new int[data.Count(Split.Train)];
        NoiseSource.Permutation(NoiseKey.For(0, purpose), 0, 0, order);
        return order[..Math.Min(count, order.Length)];
    }
}

using System.Collections.Immutable;

namespace Dfx.SoftDiffusion;

/// <summary>Distances between the distributions of images at levels of a corruption: the weights of the graph whose shortest path a schedule is.</summary>
internal sealed class LevelDistances
{
    private readonly double[,] _between;

    /// <param name="levels">The levels, rising.</param>
    /// <param name="between">Their distances, symmetric; infinite where there is no edge.</param>
    /// <exception cref="ArgumentException">There is not one row and column a level, or a distance is negative or not a number.</exception>
    internal LevelDistances(ImmutableArray<double> levels, double[,] between)
    {
        if (between.GetLength(0) != levels.Length || between.GetLength(1) != levels.Length)
        {
            throw new ArgumentException($"{levels.Length} levels have {between.GetLength(0)} x {between.GetLength(1)} distances", nameof(between));
        }

        foreach (var distance in between)
        {
            if (!(distance >= 0))
            {
                throw new ArgumentException($"A distance between two levels is {distance}: the images or the corruption are not finite.", nameof(between));
            }
        }

        (Levels, _between) = (levels, between);
    }

    /// <summary>The levels, rising.</summary>
    internal ImmutableArray<double> Levels { get; }

    internal int Count => Levels.Length;

    /// <summary>The distance between the first level and the last.</summary>
    internal double Total => _between[0, Count - 1];

    /// <summary>The distance between two levels, by their indices.</summary>
    internal double this[int from, int to] => _between[from, to];

    /// <summary>The distances between some of the levels.</summary>
    /// <param name="kept">Their indices, rising.</param>
    internal LevelDistances Among(IReadOnlyList<int> kept)
    {
        var between = new double[kept.Count, kept.Count];
        for (var i = 0; i < kept.Count; i++)
        {
            for (var j = 0; j < kept.Count; j++)
            {
                between[i, j] = _between[kept[i], kept[j]];
            }
        }

        return new([.. kept.Select(index => Levels[index])], between);
    }

    /// <summary>A new float64 tensor [levels, levels] on the CPU.</summary>
    internal torch.Tensor ToTensor() => torch.tensor(_between.Cast<double>().ToArray(), [Count, Count]);

    /// <param name="levels">The levels, rising.</param>
    /// <param name="between">Their distances: float64 [levels, levels] on the CPU.</param>
    internal static LevelDistances From(ImmutableArray<double> levels, torch.Tensor between)
    {
        var matrix = new double[between.shape[0], between.shape[1]];
        Buffer.BlockCopy(between.data<double>().ToArray(), 0, matrix, 0, matrix.Length * sizeof(double));
        return new(levels, matrix);
    }
}

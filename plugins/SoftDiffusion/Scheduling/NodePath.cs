using System.Collections.Immutable;

namespace Dfx.SoftDiffusion;

/// <summary>
/// The levels that a schedule visits, so many that no step is a large one: the shortest path among candidates whose edges are at most eps, with eps
/// such that the path has the wanted number of nodes (Daras et al. 2023, section 3.4).
/// </summary>
/// <param name="Levels">The levels of the nodes, from the identity to the strongest.</param>
/// <param name="Edges">The distances from each node to the next.</param>
/// <param name="Bound">eps; null if the nodes lie at equal lengths along the candidates, as none gives their number.</param>
internal sealed record NodePath(ImmutableArray<double> Levels, ImmutableArray<double> Edges, double? Bound)
{
    // So many values of eps are tried for a number of nodes: with thousands of candidates there are millions, and hardly any has another path.
    private const int MaxTries = 512;

    /// <summary>Finds the nodes.</summary>
    /// <param name="distances">The distances between candidates, without those that change nothing.</param>
    /// <param name="nodes">How many.</param>
    /// <remarks>
    /// The number of nodes is no monotone function of eps, so bisection would miss numbers that exist. The least eps that a path of so many nodes needs
    /// is known exactly; nearly always the shortest path below it has that number. If not, the next larger distances are tried in order.
    /// </remarks>
    /// <exception cref="ArgumentException">There are fewer candidates than nodes, or no path.</exception>
    internal static NodePath Of(LevelDistances distances, int nodes)
    {
        Check(distances, nodes);
        var least = ShortestPath.Bottleneck(distances, nodes - 1);
        if (!double.IsFinite(least))
        {
            throw new ArgumentException($"There is no path of {nodes} nodes between the levels of the schedule: ask for fewer or more nodes, or for distance: closed-form, which knows all distances.", nameof(nodes));
        }

        foreach (var eps in Bounds(distances, least).Take(MaxTries))
        {
            if (ShortestPath.Below(distances, eps) is { } path && path.Length == nodes)
            {
                return new([.. path.Select(i => distances.Levels[i])], [.. path.Zip(path[1..], (i, j) => distances[i, j])], eps);
            }
        }

        return EqualLengths(distances, nodes);
    }

    /// <summary>Levels at equal lengths of the way through all candidates: within a few per cent of the path where neighbours are close.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    internal static NodePath EqualLengths(LevelDistances distances, int nodes)
    {
        var way = new double[distances.Count];
        for (var i = 1; i < way.Length; i++)
        {
            way[i] = way[i - 1] + distances[i - 1, i];
        }

        var edge = way[^1] / (nodes - 1);
        return new(
            [distances.Levels[0], .. Enumerable.Range(1, nodes - 2).Select(k => Table.Inverse(way, distances.Levels, k * edge)), distances.Levels[^1]],
            [.. Enumerable.Repeat(edge, nodes - 1)],
            null);
    }

    /// <summary>Checks that there can be a path.</summary>
    /// <exception cref="ArgumentException">There are fewer candidates than nodes.</exception>
    internal static void Check(LevelDistances distances, int nodes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 2);
        if (nodes > distances.Count)
        {
            throw new ArgumentException(
                $"nodes is {nodes}, but only {distances.Count} of the candidate levels change the images of this dataset: ask for at most {distances.Count} nodes, for more candidates, or for a softer mask.", nameof(nodes));
        }
    }

    private static SortedSet<double> Bounds(LevelDistances distances, double least)
    {
        var longer = new SortedSet<double>();
        for (var i = 0; i < distances.Count; i++)
        {
            for (var j = i + 1; j < distances.Count; j++)
            {
                longer.Add(distances[i, j]);
            }
        }

        return longer.GetViewBetween(least, double.MaxValue);
    }
}

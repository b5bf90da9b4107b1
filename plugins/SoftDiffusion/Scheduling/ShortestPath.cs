using System.Collections.Immutable;

namespace Dfx.SoftDiffusion;

/// <summary>Paths from the first level to the last along edges that all go up. The graph has no cycle, so one pass in the order of the levels finds the best.</summary>
internal static class ShortestPath
{
    // Lengths that differ by less are equal: sums of the same edges in another order.
    private const double Same = 1e-12;

    /// <summary>The indices on the shortest path whose edges are at most eps; of equally short ones, one with the fewest edges.</summary>
    /// <returns>The indices, from 0 to the last level; null if every path has a longer edge.</returns>
    internal static ImmutableArray<int>? Below(LevelDistances distances, double eps)
    {
        var (length, edges, from) = (new double[distances.Count], new int[distances.Count], new int[distances.Count]);
        Array.Fill(length, double.PositiveInfinity, 1, distances.Count - 1);
        for (var to = 1; to < distances.Count; to++)
        {
            for (var i = 0; i < to; i++)
            {
                if (distances[i, to] <= eps && IsBetter(length[i] + distances[i, to], edges[i] + 1, length[to], edges[to]))
                {
                    (length[to], edges[to], from[to]) = (length[i] + distances[i, to], edges[i] + 1, i);
                }
            }
        }

        return double.IsFinite(length[^1]) ? Back(from) : null;
    }

    /// <summary>The least bound eps under which a path of exactly so many edges exists: the smallest possible longest edge.</summary>
    /// <param name="distances">The distances.</param>
    /// <param name="edges">How many edges, at least 1 and fewer than levels.</param>
    /// <returns>The bound; infinite if there is no such path.</returns>
    internal static double Bottleneck(LevelDistances distances, int edges)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(edges, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(edges, distances.Count);
        var longest = new double[distances.Count];
        Array.Fill(longest, double.PositiveInfinity, 1, distances.Count - 1);
        for (var edge = 0; edge < edges; edge++)
        {
            longest = OneMore(distances, longest);
        }

        return longest[^1];
    }

    private static double[] OneMore(LevelDistances distances, double[] longest)
    {
        var next = new double[distances.Count];
        Array.Fill(next, double.PositiveInfinity);
        for (var to = 1; to < distances.Count; to++)
        {
            for (var i = 0; i < to; i++)
            {
                next[to] = Math.Min(next[to], Math.Max(longest[i], distances[i, to]));
            }
        }

        return next;
    }

    private static bool IsBetter(double length, int edges, double known, int knownEdges) =>
        length < known * (1 - Same) || (length <= known * (1 + Same) && double.IsFinite(length) && edges < knownEdges);

    private static ImmutableArray<int> Back(int[] from)
    {
        List<int> path = [from.Length - 1];
        while (path[^1] > 0)
        {
            path.Add(from[path[^1]]);
        }

        path.Reverse();
        return [.. path];
    }
}

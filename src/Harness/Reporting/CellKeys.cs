using System.Runtime.InteropServices;

namespace Dfx.Harness.Reporting;

/// <summary>Numbers in place of coordinates: of many cells, each value of an axis is looked at once.</summary>
internal static class CellKeys
{
    /// <summary>A number for each cell: those of two cells compare as their coordinates do, and are equal where these are.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="axes">The coordinates that count; the first ones decide.</param>
    internal static long[] Of(IReadOnlyList<CellRow> cells, IEnumerable<string> axes)
    {
        var (keys, bound) = (new long[cells.Count], 1L);
        foreach (var axis in axes)
        {
            var (codes, ranks) = Codes(cells, axis);
            bound = bound > long.MaxValue / Math.Max(1, ranks.Length) ? Compress(keys) : bound;
            bound *= ranks.Length;
            for (var i = 0; i < keys.Length; i++)
            {
                keys[i] = (keys[i] * ranks.Length) + ranks[codes[i]];
            }
        }

        return keys;
    }

    /// <summary>The place of each cell's value among those of the axis as they come, and the rank of each of these.</summary>
    private static (int[] Codes, int[] Ranks) Codes(IReadOnlyList<CellRow> cells, string axis)
    {
        var (codes, places) = (new int[cells.Count], new Dictionary<string, int>(StringComparer.Ordinal));
        for (var i = 0; i < codes.Length; i++)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, cells[i].Axis(axis), out var isThere);
            codes[i] = place = isThere ? place : places.Count - 1;
        }

        var ranks = new int[places.Count];
        foreach (var (rank, value) in places.Keys.Order(Comparer<string>.Create(CellOrder.Compare)).Index())
        {
            ranks[places[value]] = rank;
        }

        return (codes, ranks);
    }

    /// <summary>Replaces numbers by their ranks; how many there are.</summary>
    private static long Compress(long[] keys)
    {
        var ranks = keys.Distinct().Order().Index().ToDictionary(key => key.Item, key => (long)key.Index);
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = ranks[keys[i]];
        }

        return ranks.Count;
    }
}

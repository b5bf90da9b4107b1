namespace Dfx.Harness.Reporting;

/// <summary>Cuts sorted rows where a key changes.</summary>
internal static class Chunks
{
    internal static IEnumerable<IReadOnlyList<T>> ChunkBy<T, TKey>(this IEnumerable<T> items, Func<T, TKey> key)
        where TKey : IEquatable<TKey>
    {
        List<T> chunk = [];
        foreach (var item in items)
        {
            if (chunk.Count > 0 && !key(chunk[0]).Equals(key(item)))
            {
                yield return chunk;
                chunk = [];
            }

            chunk.Add(item);
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}

namespace Dfx.Numerics.Files;

/// <summary>Finds what a mistyped name most likely meant.</summary>
public static class NearestName
{
    // The time is quadratic in the length, and names come from files.
    private const int ComparedLength = 200;

    /// <summary>The error for a name that a file does not have; it names the nearest one the file has.</summary>
    internal static KeyNotFoundException Missing(FilePlace place, string kind, string name, IReadOnlyList<string> names)
    {
        var hint = names.Count == 0
            ? "the file has none"
            : $"the nearest of its {names.Count} is {FilePlace.Quote(Of(name, names)!)}";
        return new($"{place.Path}: no {kind} {FilePlace.Quote(name)}; {hint}");
    }

    /// <summary>The name nearest to what was written, by edit distance; the first of several; null if there are none.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="names">What could have been meant.</param>
    public static string? Of(string name, IEnumerable<string> names) => names.MinBy(other => Distance(Head(name), Head(other)));

    private static ReadOnlySpan<char> Head(string name) => name.AsSpan(0, Math.Min(name.Length, ComparedLength));

    /// <summary>
    /// Levenshtein's edit distance, with the exchange of two neighbours as one edit (optimal string alignment): the commonest slip of all.
    /// </summary>
    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var earlier = new int[b.Length + 1];
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                var replaced = previous[j] + (a[i] == b[j] ? 0 : 1);
                current[j + 1] = Math.Min(replaced, 1 + Math.Min(previous[j + 1], current[j]));
                if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j])
                {
                    current[j + 1] = Math.Min(current[j + 1], earlier[j - 1] + 1);
                }
            }

            (earlier, previous) = (previous, current);
        }

        return previous[b.Length];
    }
}

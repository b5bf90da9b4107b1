using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Dfx.Harness.Store;

/// <summary>A dictionary of texts that shares its names with others: of many, each is an array.</summary>
/// <param name="names">The names.</param>
/// <param name="texts">The text of each, in their order.</param>
internal sealed class NamedTexts(TextNames names, string[] texts) : IReadOnlyDictionary<string, string>
{
    public IEnumerable<string> Keys => names.All;

    public IEnumerable<string> Values => texts;

    public int Count => texts.Length;

    public string this[string key] => TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"there is no '{key}'");

    public bool ContainsKey(string key) => names.Places.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        var isThere = names.Places.TryGetValue(key, out var place);
        value = isThere ? texts[place] : null;
        return isThere;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => names.All.Zip(texts, KeyValuePair.Create).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>The names of such dictionaries.</summary>
internal sealed class TextNames
{
    /// <param name="names">No two are equal.</param>
    internal TextNames(IEnumerable<string> names)
    {
        All = [.. names];
        Places = All.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
    }

    internal string[] All { get; }

    /// <summary>The place of each name.</summary>
    internal Dictionary<string, int> Places { get; }
}

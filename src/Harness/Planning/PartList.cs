using System.Collections;

namespace Dfx.Harness.Planning;

/// <summary>The parts of a key: those of another list, and what follows them. Most parts of 100 000 cells are those of a few models, which are in memory once.</summary>
/// <param name="shared">What comes first.</param>
/// <param name="own">What follows.</param>
internal sealed class PartList(IReadOnlyList<KeyValuePair<string, string>> shared, KeyValuePair<string, string>[] own) : IReadOnlyList<KeyValuePair<string, string>>
{
    public int Count => shared.Count + own.Length;

    public KeyValuePair<string, string> this[int index] => index < shared.Count ? shared[index] : own[index - shared.Count];

    /// <summary>The same list, with texts that are in memory once.</summary>
    internal PartList With(TextPool texts) => new(shared, [.. own.Select(part => KeyValuePair.Create(part.Key, texts.Of(part.Value)))]);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => shared.Concat(own).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Texts of which many are equal: each is in memory once.</summary>
internal sealed class TextPool
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The text that is equal and came first.</summary>
    internal string Of(string text)
    {
        if (!_texts.TryGetValue(text, out var known))
        {
            _texts.Add(text, known = text);
        }

        return known;
    }
}

using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dfx.Harness.Store;

/// <summary>
/// Reads dictionaries of texts that are mostly the same few, such as the descriptions of protocols: one that was read before is recognised in the file and
/// neither made nor kept again. For many threads.
/// </summary>
internal sealed class KnownTexts : JsonConverter<IReadOnlyDictionary<string, string>>
{
    private const int Most = 256;

    private ImmutableArray<Known> _known = [];

    /// <summary>Metrics follow one another in one order: after one comes the next. Of several threads any may have the last word.</summary>
    private int _next;

    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (known, next) = (_known, _next);
        for (var i = 0; i < known.Length; i++)
        {
            var place = (next + i) % known.Length;
            var ahead = reader;
            if (known[place].IsAt(ref ahead))
            {
                reader = ahead;
                _next = place + 1;
                return known[place].Texts;
            }
        }

        var texts = Texts.Read(ref reader, null);
        if (known.Length < Most)
        {
            ImmutableInterlocked.Update(ref _known, (all, one) => all.Add(one), new Known(texts));
        }

        return texts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("this converter reads");

    private sealed class Known(IReadOnlyDictionary<string, string> texts)
    {
        private readonly (byte[] Name, byte[] Text)[] _bytes = [.. texts.Select(pair => (Encoding.UTF8.GetBytes(pair.Key), Encoding.UTF8.GetBytes(pair.Value)))];

        internal IReadOnlyDictionary<string, string> Texts => texts;

        /// <summary>Whether the reader is at the start of exactly these, in this order; it is at their end then.</summary>
        internal bool IsAt(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            foreach (var (name, text) in _bytes)
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(name)
                    || !reader.Read() || reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals(text))
                {
                    return false;
                }
            }

            return reader.Read() && reader.TokenType == JsonTokenType.EndObject;
        }
    }
}

/// <summary>Reads over a dictionary of texts that nobody asks for.</summary>
internal sealed class SkippedTexts : JsonConverter<IReadOnlyDictionary<string, string>>
{
    private static readonly ImmutableDictionary<string, string> s_none = ImmutableDictionary<string, string>.Empty;

    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Texts.Expect(reader.TokenType == JsonTokenType.StartObject);
        reader.Skip();
        return s_none;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("this converter reads");
}

/// <summary>Reads texts that are a few words over and over, each of which is in memory once. For many threads.</summary>
internal sealed class SharedWords : JsonConverter<string>
{
    private const int Longest = 256;

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Of(ref reader) : reader.GetString();

    /// <summary>The text that the reader is at, or the name.</summary>
    internal string Of(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueSpan.Length > Longest)
        {
            return reader.GetString()!;
        }

        Span<char> letters = stackalloc char[Longest];
        var text = letters[..reader.CopyString(letters)];
        if (!_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var word))
        {
            word = text.ToString();
            word = _known.GetOrAdd(word, word);
        }

        return word;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

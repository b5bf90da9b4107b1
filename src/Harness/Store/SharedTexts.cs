using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dfx.Harness.Store;

/// <summary>
/// Reads dictionaries of texts in which equal texts are one object: the coordinates of 100 000 cells are some dozens of words. For one reading of one
/// file: it keeps what it has seen.
/// </summary>
internal sealed class SharedTexts : JsonConverter<IReadOnlyDictionary<string, string>>
{
    private const int Longest = 256;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject);
        var texts = new Dictionary<string, string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader);
            reader.Read();
            Expect(reader.TokenType is JsonTokenType.String or JsonTokenType.Null);
            texts[name] = reader.TokenType == JsonTokenType.Null ? null! : Text(ref reader);
        }

        return texts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("this converter reads");

    private string Text(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > Longest || reader.HasValueSequence)
        {
            return reader.GetString()!;
        }

        Span<char> letters = stackalloc char[Longest];
        var text = letters[..reader.CopyString(letters)];
        var known = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(text, out var shared))
        {
            shared = text.ToString();
            _known.Add(shared);
        }

        return shared;
    }

    private static void Expect(bool isMet)
    {
        if (!isMet)
        {
            throw new JsonException("it has something else where an object of texts should be");
        }
    }
}

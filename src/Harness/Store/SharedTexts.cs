using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dfx.Harness.Store;

/// <summary>
/// Reads dictionaries of texts in which equal texts are one object: the coordinates of 100 000 cells are some dozens of words. For one reading of one
/// file: it keeps what it has seen.
/// </summary>
internal sealed class SharedTexts : JsonConverter<IReadOnlyDictionary<string, string>>
{
    private readonly SharedWords _words = new();

    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject);
        var texts = new Dictionary<string, string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = _words.Of(ref reader);
            reader.Read();
            Expect(reader.TokenType is JsonTokenType.String or JsonTokenType.Null);
            texts[name] = reader.TokenType == JsonTokenType.Null ? null! : _words.Of(ref reader);
        }

        return texts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("this converter reads");

    private static void Expect(bool isMet)
    {
        if (!isMet)
        {
            throw new JsonException("it has something else where an object of texts should be");
        }
    }
}

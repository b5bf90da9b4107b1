using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dfx.Harness.Store;

/// <summary>Reads lists of texts of which many are equal and follow one another, as those of what cells need: equal texts are one object, and so are lists. For many threads.</summary>
internal sealed class SharedLists(SharedWords words) : JsonConverter<IReadOnlyList<string>>
{
    /// <summary>Of several threads any may have the last word.</summary>
    private IReadOnlyList<string> _latest = [];

    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("it has something else where a list of texts should be");
        }

        var (latest, texts) = (_latest, new List<string>(1));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(words.Read(ref reader, typeof(string), options)!);
        }

        return latest.SequenceEqual(texts, StringComparer.Ordinal) ? latest : _latest = texts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("this converter reads");
}

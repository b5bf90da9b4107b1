using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dfx.Harness.Store;

/// <summary>Dictionaries of texts, none of which is null.</summary>
internal sealed class Texts : JsonConverter<IReadOnlyDictionary<string, string>>
{
    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, null);

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, text) in value)
        {
            writer.WriteString(name, text);
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads an object of texts.</summary>
    /// <param name="reader">At its start; at its end afterwards.</param>
    /// <param name="words">Where equal texts become one object; null for texts of their own.</param>
    /// <exception cref="JsonException">It is something else.</exception>
    internal static IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, SharedWords? words)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject);
        Dictionary<string, string>? texts = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Next(ref reader, words);
            reader.Read();
            Expect(reader.TokenType == JsonTokenType.String);
            (texts ??= [])[name] = Next(ref reader, words);
        }

        return texts ?? (IReadOnlyDictionary<string, string>)ReadOnlyDictionary<string, string>.Empty;
    }

    /// <exception cref="JsonException">The condition is not met.</exception>
    internal static void Expect(bool isMet)
    {
        if (!isMet)
        {
            throw new JsonException("it has something else where an object of texts should be");
        }
    }

    private static string Next(ref Utf8JsonReader reader, SharedWords? words) => words is null ? reader.GetString()! : words.Of(ref reader);
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dfx.Harness.Store;

/// <summary>
/// Reads dictionaries of texts, most of which have the names of the one before and many of its texts: the coordinates of 100 000 cells are some dozens of
/// words, each of which is in memory once. For one reading of one file, by one thread: it keeps what it has seen.
/// </summary>
internal sealed class SharedTexts : JsonConverter<IReadOnlyDictionary<string, string>>
{
    private readonly SharedWords _words = new();

    private Latest? _latest;

    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ahead = reader;
        if (_latest?.Next(ref ahead, _words) is { } alike)
        {
            reader = ahead;
            return alike;
        }

        var texts = Texts.Read(ref reader, _words);
        _latest = new(texts);
        return texts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("this converter reads");

    /// <summary>The names of the dictionary that was read last, with its texts, as a file has them.</summary>
    private sealed class Latest(IReadOnlyDictionary<string, string> texts)
    {
        private readonly TextNames _names = new(texts.Keys);
        private readonly byte[][] _bytes = [.. texts.Keys.Select(Encoding.UTF8.GetBytes)];
        private readonly (string Text, byte[] Bytes)[] _texts = [.. texts.Values.Select(text => (text, Encoding.UTF8.GetBytes(text)))];

        /// <summary>The texts that the reader is at the start of, and at the end of afterwards; null if they have other names, or others in between.</summary>
        internal NamedTexts? Next(ref Utf8JsonReader reader, SharedWords words)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            var texts = new string[_bytes.Length];
            for (var i = 0; i < texts.Length; i++)
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(_bytes[i]) || !reader.Read() || reader.TokenType != JsonTokenType.String)
                {
                    return null;
                }

                if (!reader.ValueTextEquals(_texts[i].Bytes))
                {
                    var text = words.Of(ref reader);
                    _texts[i] = (text, Encoding.UTF8.GetBytes(text));
                }

                texts[i] = _texts[i].Text;
            }

            return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? new(_names, texts) : null;
        }
    }
}

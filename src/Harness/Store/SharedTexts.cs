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

    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Texts.Read(ref reader, _words);

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("this converter reads");
}

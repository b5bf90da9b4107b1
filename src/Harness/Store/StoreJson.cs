using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dfx.Harness.Store;

/// <summary>How everything of the store is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(JobRecord))]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(RunningState))]
internal sealed partial class StoreJson : JsonSerializerContext
{
    /// <summary>For files that say the same words over and over: those of their dictionaries are in memory once.</summary>
    internal static StoreJson WithSharedTexts() => new(new JsonSerializerOptions(Default.Options) { Converters = { new SharedTexts() } });
}

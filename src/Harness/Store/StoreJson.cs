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
internal sealed partial class StoreJson : JsonSerializerContext;

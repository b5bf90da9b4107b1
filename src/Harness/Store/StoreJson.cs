using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Dfx.Harness.Store;

/// <summary>How everything of the store is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    Converters = new[] { typeof(Texts) },
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(JobRecord))]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(RunningState))]
[JsonSerializable(typeof(KeptSheets))]
internal sealed partial class StoreJson : JsonSerializerContext
{
    /// <summary>For files that say the same words over and over: those of their dictionaries are in memory once.</summary>
    internal static StoreJson WithSharedTexts()
    {
        var options = new JsonSerializerOptions(Default.Options);
        options.Converters.Insert(0, new SharedTexts());
        options.Converters.Insert(0, new SharedLists(new()));
        return new(options);
    }

    /// <summary>
    /// For reports, which read many records: without the parts of their keys, which no report needs and which are most of their bytes, and with the one
    /// description of each protocol that all records share.
    /// </summary>
    internal static JsonTypeInfo<JobRecord> Slim()
    {
        var (texts, words) = (new KnownTexts(), new SharedWords());
        var lists = new SharedLists(words);
        var options = new JsonSerializerOptions(Default.Options)
        {
            TypeInfoResolver = Default.WithAddedModifier(info =>
            {
                foreach (var property in info.Properties)
                {
                    property.CustomConverter = (info.Type.Name, property.Name) switch
                    {
                        (nameof(JobRecord), "parts") => new SkippedTexts(),
                        (nameof(MeasuredValue), "details") => texts,
                        (nameof(JobRecord), "kind") or (nameof(MeasuredValue), "name" or "protocol") or (nameof(JobTiming), "device") => words,
                        (nameof(JobOutcome), "files" or "missing-weights") => lists,
                        _ => property.CustomConverter,
                    };
                }
            }),
        };
        return (JsonTypeInfo<JobRecord>)options.GetTypeInfo(typeof(JobRecord));
    }
}

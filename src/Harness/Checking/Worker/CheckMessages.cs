using System.Text.Json;
using System.Text.Json.Serialization;
using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Worker;

/// <summary>A type to check, as the host tells it to the process that runs plugin code: one line of JSON.</summary>
internal sealed record CheckRequest(
    PluginKind Kind, string Id, string TypeName, string Assembly, IReadOnlyList<ModelKind> Models, MetricKinds Metrics, PluginTraits Traits, string Work, IReadOnlyList<ParameterCard> Inference)
{
    internal static CheckRequest Of(PluginType type, string work) => new(type.Kind, type.Id, type.TypeName, type.File.Path, type.Models, type.Metrics, type.Traits, work, [.. type.Inference]);

    /// <summary>The type, without what only lists need.</summary>
    internal PluginType Type => new(Kind, Id, Id, "", TypeName, new PluginFile(Assembly, false), Inference, Models, Metrics, Traits);
}

/// <summary>What that process tells: one line of JSON with one of the members.</summary>
/// <param name="Begun">The check that begins now.</param>
/// <param name="Finding">What came of one.</param>
/// <param name="Done">All checks of the type have ended.</param>
internal sealed record CheckReply(string? Begun = null, Finding? Finding = null, bool Done = false);

/// <summary>How messages are written: on one line each.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CheckRequest))]
[JsonSerializable(typeof(CheckReply))]
internal sealed partial class CheckJson : JsonSerializerContext
{
    internal static string Line(CheckRequest request) => JsonSerializer.Serialize(request, Default.CheckRequest);
}

using System.Text.Json.Serialization;

namespace Dfx.Harness.Planning;

/// <summary>A correction that a plan would train: whether it can work, a worker is asked (<see cref="Sdk.ICorrectionCheck"/>), for the host runs no code of plugins.</summary>
/// <param name="Correction">The correction, with the options that it would be trained with.</param>
/// <param name="Teacher">The correction that it would learn from, or null.</param>
/// <param name="Source">The model that it would learn from, which is not trained yet.</param>
internal sealed record CorrectionQuestion(PluginRef Correction, PluginRef? Teacher, ModelSpec Source);

/// <summary>What a correction said of its options; nothing if it has nothing to say.</summary>
internal sealed record CorrectionAnswer
{
    /// <summary>Why the options cannot work at all, or null.</summary>
    public string? Error { get; init; }

    /// <summary>Why they have no meaning with this source, or null.</summary>
    public string? NotApplicable { get; init; }

    /// <summary>SHA-256 of the weights that it will train with, by the ids under which the user added them; null if there are none. A part of the training's key.</summary>
    public IReadOnlyDictionary<string, string>? Weights { get; init; }

    /// <summary>Nothing to say.</summary>
    [JsonIgnore]
    internal static CorrectionAnswer None { get; } = new();
}

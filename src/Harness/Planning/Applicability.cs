using Dfx.Harness.Matrix;
using Dfx.Harness.Plugins;

namespace Dfx.Harness.Planning;

/// <summary>Which combinations have no meaning, as far as the plugins' metadata tell. A reason, or null.</summary>
internal static class Applicability
{
    /// <summary>The task of plain generation.</summary>
    internal const string GenerateId = "generate";

    private const string ByClassId = "generate-by-class";

    /// <summary>Whether a task is known to restore no images.</summary>
    internal static bool Generates(Choice task) => task.Id is GenerateId or ByClassId;

    internal static string? Sampler(Choice method, Choice sampler)
    {
        var made = method.Type.Models;
        var accepted = sampler.Type.Models;
        return made.Any(kind => Presents(kind).Any(accepted.Contains))
            ? null
            : $"{method.Label} trains a {Words(made)}; {sampler.Label} accepts a {Words(accepted)}";
    }

    internal static string? Task(Choice task, Choice sampler) =>
        sampler.Type.Traits.HasFlag(PluginTraits.ImposesKnown) && task.Id == GenerateId
            ? $"{sampler.Label} restores what a task hides; {task.Label} hides nothing"
            : null;

    internal static string? Source(Choice correction, Choice source) =>
        correction.Type.Traits.HasFlag(PluginTraits.Untrained) || source.Type.Models.Any(kind => kind != ModelKind.Corruption)
            ? null
            : $"{correction.Label} learns from a denoiser's trajectories; {source.Label} trains a {Words(source.Type.Models)}";

    /// <summary>A correction takes over at a level that is known beforehand.</summary>
    internal static string? Correction(Choice correction, Choice sampler) => sampler.Type.Traits.HasFlag(PluginTraits.Adaptive)
        ? $"{correction.Label} takes over at a level that the sampler publishes before it runs; {sampler.Label} chooses its levels as it goes"
        : null;

    /// <summary>Every denoiser can present itself as a corruption model with C = I.</summary>
    private static IEnumerable<ModelKind> Presents(ModelKind kind) => kind switch
    {
        ModelKind.VarianceDenoiser => [ModelKind.VarianceDenoiser, ModelKind.Denoiser, ModelKind.Corruption],
        ModelKind.Denoiser => [ModelKind.Denoiser, ModelKind.Corruption],
        _ => [ModelKind.Corruption],
    };

    private static string Words(IEnumerable<ModelKind> kinds) => string.Join(" or ", kinds.Select(kind => kind switch
    {
        ModelKind.VarianceDenoiser => "denoiser with variance",
        ModelKind.Denoiser => "denoiser",
        _ => "corruption model",
    }));
}

using Dfx.Data.Weights;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>Added weights that a correction is trained with: those that the plan knows, and with the content that it knew.</summary>
internal static class TrainingWeights
{
    /// <summary>The path of weights.</summary>
    /// <param name="id">Their id.</param>
    /// <param name="planned">SHA-256 by the ids that the correction asked for when the run was planned.</param>
    /// <exception cref="InvalidOperationException">They were not asked for, so that no key tells of them.</exception>
    /// <exception cref="DataUnavailableException">They are gone, or another file now.</exception>
    internal static string Path(string id, IReadOnlyDictionary<string, string>? planned) => Path(id, planned, AddedWeights.Path);

    /// <summary>The same with the place of added weights given.</summary>
    internal static string Path(string id, IReadOnlyDictionary<string, string>? planned, Func<string, string?> added)
    {
        var expected = planned?.GetValueOrDefault(id)
            ?? throw new InvalidOperationException($"the weights '{id}' were not asked for when the run was planned ({nameof(ICorrectionCheck)}), so no key tells of them");
        var path = added(id) ?? throw new DataUnavailableException($"the weights {id} are gone: dfx data add {id} FILE.pth");
        return WeightFiles.Hash(path) is var found && found == expected
            ? path
            : throw new DataUnavailableException($"{path}: its SHA-256 is {found}, and the run was planned with {expected}: add it again, and start the run again.");
    }
}

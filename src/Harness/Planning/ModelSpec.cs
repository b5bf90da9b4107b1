using System.Text.Json.Serialization;
using Dfx.Harness.Matrix;
using Dfx.Sdk;

namespace Dfx.Harness.Planning;

/// <summary>A dataset with what decides its content.</summary>
internal sealed record DatasetSpec(PluginRef Plugin, string? Path, string Fingerprint)
{
    /// <summary>What of it decides a result. Two datasets may make different images of the same files.</summary>
    [JsonIgnore]
    internal string Part => $"{Plugin.Part} {Fingerprint}";
}

/// <summary>A model to train or trained: everything that decides it.</summary>
/// <param name="Key">The key of its train job.</param>
/// <param name="Method">The method, with the options that the model is used with; null for an analysis of the data alone.</param>
/// <param name="Dataset">The data.</param>
/// <param name="Task">The task.</param>
/// <param name="Network">The network.</param>
/// <param name="Training">How long and how.</param>
/// <param name="Precision">The arithmetic.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Source">The model that the method builds on, at the end of its training; null for most.</param>
internal sealed record ModelSpec(
    string Key,
    PluginRef? Method,
    DatasetSpec Dataset,
    PluginRef Task,
    NetworkSettings Network,
    TrainingSettings Training,
    Precision Precision,
    ulong Seed,
    ModelSpec? Source = null);

/// <summary>A correction to train or trained.</summary>
/// <param name="Key">The key of the job that trains it; null if it learns nothing.</param>
/// <param name="Plugin">The correction, with the options that it is used with; of a job that trains it, with those that it is trained with.</param>
/// <param name="Source">The model that it learns from; of one that learns nothing, the model that it is applied to.</param>
/// <param name="Teacher">The correction that it is distilled from, or null.</param>
/// <param name="Training">How long and how.</param>
/// <param name="Collection">The key of the job that collects what it learns from; null if it collects nothing.</param>
/// <param name="Weights">SHA-256 of the weights that it is trained with, by the ids under which the user added them; null if there are none.</param>
internal sealed record CorrectionSpec(
    string? Key,
    PluginRef Plugin,
    ModelSpec Source,
    CorrectionSpec? Teacher,
    TrainingSettings Training,
    string? Collection = null,
    IReadOnlyDictionary<string, string>? Weights = null);

/// <summary>What a cell samples and measures.</summary>
/// <param name="Sampler">The sampler.</param>
/// <param name="Task">The task; the model may have been trained for another one.</param>
/// <param name="Nfe">The budget; for adaptive samplers the most that they may use.</param>
/// <param name="Checkpoint">The fraction of the training that the model is taken at.</param>
/// <param name="Average">Which of the moving averages of its weights, from 0.</param>
/// <param name="Samples">How many samples.</param>
/// <param name="Batch">Samples a batch.</param>
/// <param name="Metrics">The metrics.</param>
/// <param name="Keep">What stays of the samples once they are measured; no part of the result.</param>
/// <param name="CorrectionCheckpoint">The fraction of its training that the correction is taken at.</param>
internal sealed record SamplingSpec(
    PluginRef Sampler,
    PluginRef Task,
    int Nfe,
    double Checkpoint,
    int Average,
    int Samples,
    int Batch,
    IReadOnlyList<PluginRef> Metrics,
    KeepRule Keep,
    double CorrectionCheckpoint = 1.0);

/// <summary>Where a job runs: <c>cpu</c> or <c>cuda</c>, and on the CPU with how many threads.</summary>
internal sealed record DeviceSpec(string Type, int Threads);

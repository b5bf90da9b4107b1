using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;

namespace Dfx.Harness.Matrix;

/// <summary>A plugin type with its options: every option in canonical form, those left to their defaults too.</summary>
internal sealed record Choice(PluginType Type, IReadOnlyDictionary<string, string> Options, string Label)
{
    internal string Id => Type.Id;

    /// <summary>What is trained for it: the same type, with the defaults of options that change only how a trained model is used.</summary>
    internal Choice Trained { get => field ?? this; init; }
}

/// <summary>A dataset of the matrix.</summary>
internal sealed record DatasetEntry(Choice Choice, string? Path, YamlValue? Network, YamlValue? Training);

/// <summary>A method of the matrix; null stands for the shared setting, and for no source.</summary>
internal sealed record MethodEntry(
    Choice Choice, YamlValue? Network, YamlValue? Training, IReadOnlyList<SamplerEntry>? Samplers, IReadOnlyList<int>? Nfe, MethodEntry? Source = null);

/// <summary>A sampler of the matrix; null stands for the shared NFEs.</summary>
internal sealed record SamplerEntry(Choice Choice, IReadOnlyList<int>? Nfe)
{
    /// <summary>The budgets that a method's samples are made with.</summary>
    /// <param name="method">The method.</param>
    /// <param name="shared">Those that the matrix has for all.</param>
    internal IReadOnlyList<int> Budgets(MethodEntry method, IReadOnlyList<int> shared) =>
        Choice.Type.Traits.HasFlag(PluginTraits.Adaptive) ? [CellAxes.Unlimited] : Nfe ?? method.Nfe ?? shared;
}

/// <summary>A correction of the matrix; a source of null means that each method is its own source.</summary>
internal sealed record CorrectionEntry(Choice Choice, MethodEntry? Source, CorrectionEntry? Teacher, YamlValue? Training)
{
    /// <summary>The fractions of its training after which it is applied: the entry's own, since those of <c>training</c> are the models'.</summary>
    internal IReadOnlyList<double> Checkpoints { get; } = SettingsReader.CheckpointsOf(Training);

    /// <summary>The cells that it is applied in.</summary>
    internal CellFilter Only { get; init; } = CellFilter.All;
}

/// <summary>An analysis of the matrix, of a method's trained checkpoints or of the data alone.</summary>
internal sealed record AnalysisEntry(Choice Choice, MethodEntry? Method);

/// <summary>What one job may use.</summary>
/// <param name="Time">Wall-clock time.</param>
/// <param name="Memory">Resident bytes of the worker and of all that it has started.</param>
/// <param name="GpuMemory">Bytes of the GPU that these hold; null for no limit.</param>
internal sealed record Limits(TimeSpan Time, long Memory, long? GpuMemory = null);

/// <summary>Which of the settings that every cell shares.</summary>
/// <param name="Samples">Samples a cell; null for as many as there are test images to restore.</param>
/// <param name="SamplingBatch">Samples a batch.</param>
/// <param name="Threads">Threads a worker, on the CPU.</param>
/// <param name="Keep">What stays of the samples of all cells.</param>
internal sealed record SamplingSettings(int? Samples, int SamplingBatch, int Threads, KeepRule Keep);

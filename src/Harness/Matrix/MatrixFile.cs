namespace Dfx.Harness.Matrix;

/// <summary>A matrix file, read and validated: what is compared with what.</summary>
internal sealed record MatrixFile
{
    internal required string Path { get; init; }

    /// <summary>The name of the results folder.</summary>
    internal required string Name { get; init; }

    internal required IReadOnlyList<DatasetEntry> Datasets { get; init; }

    internal required IReadOnlyList<Choice> Tasks { get; init; }

    /// <summary>The task of plain generation, which models are trained for whose samplers impose what is known.</summary>
    internal required Choice Generate { get; init; }

    internal required IReadOnlyList<MethodEntry> Methods { get; init; }

    /// <summary>The corrections; null stands for none.</summary>
    internal required IReadOnlyList<CorrectionEntry?> Corrections { get; init; }

    internal required IReadOnlyList<SamplerEntry> Samplers { get; init; }

    internal required IReadOnlyList<int> Nfe { get; init; }

    internal required IReadOnlyList<ulong> Seeds { get; init; }

    internal required IReadOnlyList<Choice> Metrics { get; init; }

    internal required IReadOnlyList<AnalysisEntry> Analyses { get; init; }

    /// <summary>The label of the method that tables compare the others with.</summary>
    internal required string Baseline { get; init; }

    internal required YamlValue? Network { get; init; }

    internal required YamlValue Training { get; init; }

    internal required SamplingSettings Sampling { get; init; }

    internal required Limits Limits { get; init; }

    /// <inheritdoc cref="ClaimedIds.Notes"/>
    internal IReadOnlyList<string> Notes { get; init; } = [];
}

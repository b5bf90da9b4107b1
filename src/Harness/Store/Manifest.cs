namespace Dfx.Harness.Store;

/// <summary>What a results folder holds: the cells of the matrix that was run last, and the environment.</summary>
internal sealed record Manifest
{
    public int Format { get; init; } = JobRecord.CurrentFormat;

    public required string Matrix { get; init; }

    /// <summary>The matrix file as it was.</summary>
    public required string Source { get; init; }

    /// <summary>Host, runtime, operating system, processor.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Plugin assemblies and the hash of their content.</summary>
    public required IReadOnlyDictionary<string, string> Plugins { get; init; }

    /// <summary>The label of the method that tables compare the others with; null means the first one.</summary>
    public string? Baseline { get; init; }

    /// <summary>What the labels of each axis stand for: the plugin's <c>id</c>, and its options in canonical form. Null in manifests of earlier hosts.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>? Labels { get; init; }

    /// <summary>The jobs of the run, in the order of the plan.</summary>
    public required IReadOnlyList<ManifestJob> Jobs { get; init; }
}

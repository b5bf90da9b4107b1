namespace Dfx.Harness.Planning;

/// <summary>The kinds of job.</summary>
internal enum JobKind
{
    /// <summary>Trains a model.</summary>
    Train,

    /// <summary>Collects of a model what corrections learn from.</summary>
    Collect,

    /// <summary>Trains a correction.</summary>
    Correct,

    /// <summary>Samples what a cell measures.</summary>
    Sample,

    /// <summary>Measures the samples of a cell.</summary>
    Cell,

    /// <summary>Computes a table.</summary>
    Analyse,
}

/// <summary>One job of the plan: also what a worker is sent.</summary>
internal sealed record Job
{
    /// <summary>The SHA-256 over <see cref="Parts"/>.</summary>
    public required string Key { get; init; }

    public required JobKind Kind { get; init; }

    /// <summary>What it is in words, without what its code and data were.</summary>
    public required string Identity { get; init; }

    /// <summary>Everything that determines its result, in a fixed order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parts { get; init; }

    /// <summary>The keys of the jobs that it depends on.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    public required ModelSpec Model { get; init; }

    /// <summary>For a job that collects, the first correction of the plan that learns from what it collects.</summary>
    public CorrectionSpec? Correction { get; init; }

    public SamplingSpec? Sampling { get; init; }

    public PluginRef? Analysis { get; init; }

    public required DeviceSpec Device { get; init; }

    /// <summary>For a job that trains, the budgets of the cells that sample what it makes, ascending: no part of its key.</summary>
    public IReadOnlyList<int> Budgets { get; init; } = [];

    /// <summary>
    /// For a job that trains a model, the method as the cells that sample the model have it, one for each set of values of its inference options. No part of its key.
    /// </summary>
    public IReadOnlyList<PluginRef> Uses { get; init; } = [];

    /// <summary>For a job that collects, whether it stops after its first part: what that took tells what all of them will take.</summary>
    public bool FirstPartOnly { get; init; }

    /// <summary>
    /// For a cell without a result, the key of a record of the same samples, be it its own of a try in which a metric failed: its values and features count as
    /// far as its metrics are those of this cell. No part of its key.
    /// </summary>
    public string? Earlier { get; init; }

    /// <summary>For a cell, its coordinates: columns of the tables; for an analysis, what it is made of.</summary>
    public IReadOnlyDictionary<string, string>? Axes { get; init; }

    /// <summary>Why the cell has no meaning, where the plan can tell.</summary>
    public string? NotApplicable { get; init; }
}

namespace Dfx.Baselines;

/// <summary>Where the levels of a solver lie, and the stages within a step.</summary>
public enum SolverGrid
{
    /// <summary>Equal steps of the log signal-to-noise ratio: recommended for small images.</summary>
    LogSnr,

    /// <summary>Equal steps of the time of the variance-preserving process: recommended for large images.</summary>
    Time,

    /// <summary>Equal steps of the square root of that time.</summary>
    Quadratic,
}

namespace Dfx.Sdk;

/// <summary>Which way a metric improves.</summary>
public enum Direction
{
    /// <summary>Lower is better, as for FD.</summary>
    Lower,

    /// <summary>Higher is better, as for recall.</summary>
    Higher,

    /// <summary>Neither, as for a count.</summary>
    None,
}

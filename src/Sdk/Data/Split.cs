namespace Dfx.Sdk;

/// <summary>A part of a dataset.</summary>
public enum Split
{
    /// <summary>What models are trained on.</summary>
    Train,

    /// <summary>What no model has seen.</summary>
    Test,
}

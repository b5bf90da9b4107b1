namespace Dfx.Harness.Plugins;

/// <summary>What a parameter holds.</summary>
internal enum ParameterType
{
    Bool,
    Int,
    Long,
    Double,
    Text,

    /// <summary>One of the members of an enum.</summary>
    Choice,
}
